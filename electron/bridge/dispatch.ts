/** Where every call enters the host: validated by the contract, every failure made presentable. */
import { BridgeError } from './bridge-error.ts';
import { calls } from './contract.ts';
import type { BridgeFailure, BridgeHandlers, CallingPage, CallName } from './contract.ts';

export type DispatchResult =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly failure: BridgeFailure };

/** `name` and `input` come from `page` and are not trusted. Never rejects. */
export type Dispatch = (
  name: string,
  input: unknown,
  page?: CallingPage,
) => Promise<DispatchResult>;

/**
 * Binds the handlers to the contract. `onBug` is told of failures that are the workbench's own
 * mistake, with the original error, so that a shell can write them to its log.
 */
export function createDispatch(
  handlers: BridgeHandlers,
  onBug: (name: string, error: unknown) => void,
): Dispatch {
  return async (name, input, page) => {
    if (!isCallName(name)) {
      return failed('invalid-input', `The workbench has no call named ${JSON.stringify(name)}.`);
    }
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
      return failed(
        'invalid-input',
        `The input of ${name} is not valid${where}: ${issue?.message ?? 'unknown reason'}.`,
      );
    }
    try {
      // The schema of this very name produced the value, which the type of a union cannot say.
      const handler = handlers[name] as (input: unknown, page?: CallingPage) => Promise<unknown>;
      return { ok: true, output: await handler(parsed.data, page) };
    } catch (error) {
      if (error instanceof BridgeError) return failed(error.code, error.message);
      onBug(name, error);
      const text = error instanceof Error ? error.message : String(error);
      return failed('bug', `The workbench itself failed in ${name}: ${text}`);
    }
  };
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

function failed(code: BridgeFailure['code'], message: string): DispatchResult {
  return { ok: false, failure: { code, message } };
}
