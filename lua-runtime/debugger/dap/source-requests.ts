/** Files of the run, and where in them a breakpoint can stand. */
import type { DapSession } from './dap-session.ts';
import type { RequestHandlers } from './request-handlers.ts';

export function sourceRequests(session: DapSession): RequestHandlers {
  return {
    loadedSources() {
      const { run } = session;
      const files = run ? run.sources.loaded() : [];
      return { sources: files.map((file) => run?.sources.sourceOf(file)) };
    },
    source(args) {
      const run = session.launched();
      const reference =
        args.object('source').optionalNumber('sourceReference') ?? args.number('sourceReference');
      return { content: run.sources.text(reference), mimeType: 'text/x-lua' };
    },
  };
}
