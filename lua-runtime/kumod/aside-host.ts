/** The host of a script in which something is evaluated that is no part of the run: it leaves no trace. */
import type { HostCallName, HostCallResult, HostCalls, RuntimeHost } from './runtime-contract.ts';

/** @param isAside whether what runs right now is such an evaluation. */
export function asideHost(host: RuntimeHost, isAside: () => boolean): RuntimeHost {
  return {
    environment: host.environment,
    readFile: (path) => host.readFile(path),
    now: () => host.now(),
    ...(host.scriptClock === undefined
      ? undefined
      : { scriptClock: (read: number) => host.scriptClock?.(read) ?? host.now() }),
    isAside,
    emit: (entry) => {
      // A file that was read is known to the context from then on, whoever had it read.
      if (!isAside() || entry.kind === 'file') host.emit(entry);
    },
    call: <N extends HostCallName>(name: N, input: HostCalls[N]['input']): HostCallResult<N> =>
      isAside()
        ? { ok: false, error: `${name} is not called while an expression is evaluated` }
        : host.call(name, input),
    scriptStarts: (during) => host.scriptStarts(during),
    scriptEnds: () => host.scriptEnds(),
  };
}
