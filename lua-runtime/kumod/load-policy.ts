/**
 * Runs the policy's main chunk in a fresh context. KumoMTA crates/config/src/lib.rs 116-180 and
 * crates/kumo-server-common/src/start.rs 58-62.
 */
import { rustDebugString } from '../kumo/rust-format.ts';
import type { Registration } from '../kumo/kumo-module.ts';
import { chunkNameOf } from '../kumo/source-location.ts';
import type { PolicyFailure, RegisteredHandler } from '../recording/entries.ts';
import { LuaStatus } from '../vm/lua-vm.ts';
import { decodeUtf8Strictly } from '../vm/platform.ts';
import { failureWithoutTraceback, microseconds, plainFailure } from './entry-writer.ts';
import type { PolicyContext } from './policy-context.ts';
import { neverFired, similarEvent } from './unknown-events.ts';

/**
 * @returns why the policy does not load, or undefined when it does. Either way the entries tell:
 *   `file`, then `load` and a warning for each name that is never fired, or `error`.
 */
export function loadPolicy(context: PolicyContext): PolicyFailure | undefined {
  const started = context.host.now();
  const failure = runMainChunk(context);
  if (failure !== undefined) {
    context.entries.emitError('load', failure);
    return failure;
  }
  const registrations = context.kumo.registrations.all();
  const unknown = neverFired(
    registrations,
    context.constructorEvents,
    context.host.filesRead.values(),
  );
  const at = context.entries.now();
  context.entries.emitAt(at, {
    kind: 'load',
    duration_us: microseconds(started, at),
    handlers: registrations.map((registration) => describeHandler(registration, unknown)),
  });
  for (const registration of unknown) warnUnknown(context, registration);
  return undefined;
}

function runMainChunk(context: PolicyContext): PolicyFailure | undefined {
  const { vm, L, kumo, host, policyFile } = context;
  const bytes = host.readFile(policyFile);
  if (bytes === undefined) return unreadable(policyFile, 'No such file or directory (os error 2)');
  const text = decodeUtf8Strictly(bytes);
  if (text === undefined) return unreadable(policyFile, 'stream did not contain valid UTF-8');
  const status = vm.load(L, bytes, chunkNameOf(policyFile));
  if (status !== LuaStatus.ok) {
    const kind = status === LuaStatus.memoryError ? 'memory' : 'syntax';
    const error = kumo.describeError(L, -1, kind);
    vm.pop(L, 1);
    return whileEvaluating(policyFile, error);
  }
  host.scriptStarts('load');
  const error = kumo.call(L, 0, 0);
  host.scriptEnds();
  return error === undefined ? undefined : whileEvaluating(policyFile, error);
}

function unreadable(policyFile: string, reason: string): PolicyFailure {
  const name = rustDebugString(policyFile);
  return whileEvaluating(
    policyFile,
    failureWithoutTraceback(`reading policy file ${name}: ${reason}`),
  );
}

function whileEvaluating(policyFile: string, failure: PolicyFailure): PolicyFailure {
  return {
    ...plainFailure(failure),
    text: `Error evaluating policy file ${rustDebugString(policyFile)}: ${failure.text}`,
  };
}

function describeHandler(
  registration: Registration,
  unknown: readonly Registration[],
): RegisteredHandler {
  const { event, kind, location } = registration;
  const known = kind === 'other' ? 'constructor' : kind;
  return {
    event,
    kind: unknown.includes(registration) ? 'unknown' : known,
    ...(location === undefined ? undefined : { location }),
  };
}

function warnUnknown(context: PolicyContext, registration: Registration): void {
  const { event } = registration;
  const meant = similarEvent(event);
  const location = registration.registeredAt ?? registration.location;
  context.entries.emit({
    kind: 'warning',
    code: 'unknown-event',
    text:
      `kumod never fires an event named '${event}', so its handler never runs. ` +
      (meant === undefined
        ? 'Name it after one of its events, or after the constructor of a queue.'
        : `Rename it if you meant '${meant}'.`),
    ...(location === undefined ? undefined : { location }),
  });
}
