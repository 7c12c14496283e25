import { create } from 'zustand';
import type { ReadLine } from '../../electron/bridge/contract.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { editQueueName } from '../simulate/edit-queue-name.ts';
import { fillForm, useSimulate } from '../simulate/simulate-store.ts';

interface ReproductionStore {
  /** By run: what its first delivery is compared with. */
  readonly ofRuns: ReadonlyMap<string, ReadLine>;
}

export const useReproduction = create<ReproductionStore>()(() => ({ ofRuns: new Map() }));

/** Fills the form with what a line says of its message; the body stays, and headers when it has none. */
export function reproduce(line: ReadLine): void {
  const { form } = line;
  if (form === undefined) return;
  const { headers, body } = useSimulate.getState();
  showAnswer('simulate');
  fillForm({ ...form, headers: form.headers || headers, body });
  editQueueName(form.queue);
  useSimulate.setState({ line, amount: 'messages', count: 1, sessions: 1 });
}

/** The form is a message of its own again. */
export const forgetLine = (): void =>
  useSimulate.setState({ line: undefined, id: '', numAttempts: 0 });

/** To be told of every run of the form. */
export function runOfForm(runId: string): void {
  const { line } = useSimulate.getState();
  if (line === undefined) return;
  useReproduction.setState(({ ofRuns }) => ({ ofRuns: new Map(ofRuns).set(runId, line) }));
}
