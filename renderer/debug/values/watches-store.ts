import { create } from 'zustand';

/** Expressions that are evaluated at every stop. Kept with the workspace, see keep-setup.ts. */
export const useWatches = create<{ expressions: readonly string[] }>()(() => ({ expressions: [] }));

export function addWatch(expression: string): void {
  const text = expression.trim();
  const { expressions } = useWatches.getState();
  if (text === '' || expressions.includes(text)) return;
  useWatches.setState({ expressions: [...expressions, text] });
}

/** Empty text takes the expression away. */
export function changeWatch(index: number, expression: string): void {
  const text = expression.trim();
  if (text === '') removeWatch(index);
  else
    useWatches.setState(({ expressions }) => ({
      expressions: expressions.map((old, at) => (at === index ? text : old)),
    }));
}

export function removeWatch(index: number): void {
  useWatches.setState(({ expressions }) => ({
    expressions: expressions.filter((_, at) => at !== index),
  }));
}
