/**
 * What `kumod --policy POLICY --script -- ARG…` does once the policy is loaded: fires `main`.
 * KumoMTA crates/kumod/src/main.rs 264-297.
 */
import { plainFailure } from './entry-writer.ts';
import { askHandlers } from './event-dispatch.ts';
import type { PolicyContext } from './policy-context.ts';
import type { ScriptEnd } from './runtime-contract.ts';

export const SCRIPT_EVENT = 'main';

/** @param args each becomes one string parameter of the handler. */
export function runScript(context: PolicyContext, args: readonly string[]): ScriptEnd {
  const { vm, L, entries } = context;
  const base = vm.getTop(L);
  vm.checkStack(L, args.length + 1);
  const end = askHandlers(context, SCRIPT_EVENT, args);
  vm.setTop(L, base);
  if (end.kind !== 'failed') return { registered: end.asked > 0 };
  const failure = {
    ...plainFailure(end.failure),
    text: `Shutdown due to error: ${end.failure.text}`,
  };
  entries.emitError(SCRIPT_EVENT, failure);
  return { registered: true, failure };
}
