/**
 * What the standard library's functions get from outside Lua, written into the recording as it is
 * answered, so that a replay can answer the same.
 */
import { callSite } from '../kumo/source-location.ts';
import type { StandardLibraryHost } from '../kumo/standard-library.ts';
import { createWorkspaceFiles, folderOf } from '../kumo/workspace-files.ts';
import type { LuaVm } from '../vm/lua-vm.ts';
import type { ObservedHost } from './observed-host.ts';
import type { EntryWriter } from './entry-writer.ts';

/** Names in `host-call` and `host-result` entries; the replayer looks for them. */
export const CLOCK_CALL = 'clock';
export const GETENV_CALL = 'os.getenv';

export function recordedLibraryHost(
  vm: LuaVm,
  host: ObservedHost,
  writer: EntryWriter,
  policyFile: string,
): StandardLibraryHost {
  const policyFolder = folderOf(policyFile);
  const located = () => {
    const location = callSite(vm, vm.main, 0);
    return location === undefined ? undefined : { location };
  };
  return {
    files: createWorkspaceFiles((path) => host.readFile(path), policyFolder),
    policyFolder,
    now: recordedClock(host, writer),
    environment: recordedEnvironment(host, writer),
    write(stream, text) {
      writer.emit({
        kind: 'print',
        source: stream === 'print' || stream === 'warning' ? 'print' : 'io',
        level: PRINT_LEVEL[stream],
        text,
        ...located(),
      });
    },
    refused(functionName, reason) {
      writer.emit({
        kind: 'warning',
        code: 'refused',
        text: `${functionName} was refused: ${reason}`,
        ...located(),
      });
    },
  };
}

const PRINT_LEVEL = { print: 'info', stdout: 'info', stderr: 'error', warning: 'warn' } as const;

/**
 * The script's clock ticks in whole milliseconds, and only a read that sees a new one is recorded:
 * a script that waits in a loop must not fill the recording.
 */
function recordedClock(host: ObservedHost, writer: EntryWriter): () => number {
  let read = 0;
  let last = Number.NaN;
  return () => {
    if (host.isAside()) return Number.isNaN(last) ? Math.floor(host.now()) : last;
    read++;
    const now = host.scriptClock(read);
    if (now !== last) {
      last = now;
      writer.emitHostAnswer(CLOCK_CALL, { read }, now);
    }
    return now;
  };
}

function recordedEnvironment(
  host: ObservedHost,
  writer: EntryWriter,
): { readonly [name: string]: string } {
  const environment: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(host.environment)) {
    Object.defineProperty(environment, name, {
      enumerable: true,
      get() {
        writer.emitHostAnswer(GETENV_CALL, { name }, value);
        return value;
      },
    });
  }
  return environment;
}
