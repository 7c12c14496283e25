import type { Children, ValueNode } from '../values/value-tree.ts';

/** Scopes whose variables a line can name; an inner one hides an outer one. */
const scopes = ['Upvalues', 'Varargs', 'Arguments', 'Locals'];
const mostText = 60;
const mostOfALine = 140;
const space = '\u00a0';

/** The variables that have a value to show; an inner one without hides an outer one all the same. */
function valueNodes(children: ReadonlyMap<string, Children>): Map<string, ValueNode> {
  const nodes = new Map<string, ValueNode>();
  for (const scope of scopes) {
    for (const node of children.get(scope)?.nodes ?? []) {
      if (isWorthShowing(node, scope)) nodes.set(node.name, node);
      else nodes.delete(node.name);
    }
  }
  return nodes;
}

/** A function beside each of its calls says nothing, and neither does a module that is used all over. */
function isWorthShowing({ type, value }: ValueNode, scope: string): boolean {
  if (type === 'function' || value === '') return false;
  return !(scope === 'Upvalues' && type === 'table');
}

/**
 * What to write behind each line: `message = 1,047 bytes, attempt 1`.
 *
 * @param names the variables that each line names
 */
export function inlineTexts(
  names: ReadonlyMap<number, ReadonlySet<string>>,
  children: ReadonlyMap<string, Children>,
): { readonly line: number; readonly text: string }[] {
  const nodes = valueNodes(children);
  const texts: { line: number; text: string }[] = [];
  for (const [line, used] of names) {
    const parts: string[] = [];
    for (const name of used) {
      const node = nodes.get(name);
      if (node) parts.push(`${name} = ${shortened(node.value)}`);
    }
    let text = parts.join(`,${space}${space}`);
    if (text.length > mostOfALine) text = `${text.slice(0, mostOfALine)}…`;
    // Monaco collapses nothing, but the text must not stick to the code.
    if (text !== '') texts.push({ line, text: `${space.repeat(3)}${text}` });
  }
  return texts;
}

function shortened(value: string): string {
  return value.length > mostText ? `${value.slice(0, mostText)}…` : value;
}
