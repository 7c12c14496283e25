/** Files of the run, and where in them a breakpoint can stand. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { clientLine, ownLine } from './client-conventions.ts';
import type { DapSession } from './dap-session.ts';
import type { RequestHandlers } from './request-handlers.ts';

export function sourceRequests(session: DapSession): RequestHandlers {
  return {
    loadedSources() {
      const { run } = session;
      const files = run ? run.sources.loaded() : [];
      return { sources: files.map((file) => run?.sources.sourceOf(file)) };
    },
    /** Lines only: Lua tells no columns. */
    breakpointLocations(args): DebugProtocol.BreakpointLocationsResponse['body'] {
      const { client } = session;
      const run = session.launched();
      const file = run.sources.fileOf(args.object('source'));
      const text = file === undefined ? undefined : run.sources.textOf(file);
      if (text === undefined) return { breakpoints: [] };
      const first = ownLine(client, args.number('line'));
      const endLine = args.optionalNumber('endLine');
      const last = endLine === undefined ? first : ownLine(client, endLine);
      const lines = session.parts.codeLines(run.read.launch.engine ?? 'lua54', text);
      const breakpoints = lines
        .filter((line) => line >= first && line <= last)
        .map((line) => ({ line: clientLine(client, line) }));
      return { breakpoints };
    },
    source(args) {
      const run = session.launched();
      const reference =
        args.object('source').optionalNumber('sourceReference') ?? args.number('sourceReference');
      return { content: run.sources.text(reference), mimeType: 'text/x-lua' };
    },
  };
}
