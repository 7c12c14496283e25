/** From `initialize` to `disconnect`. */
import { capabilities } from './capabilities.ts';
import { conventionsOf } from './client-conventions.ts';
import type { DapSession } from './dap-session.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import type { RequestArguments } from './request-arguments.ts';
import type { RequestHandlers } from './request-handlers.ts';
import { RequestProblem } from './request-problem.ts';

export function lifeRequests(session: DapSession): RequestHandlers {
  const { breakpoints, outbox, parts } = session;

  function readLaunch(args: RequestArguments) {
    const own = parts.launchArguments?.(args.all) ?? args.all;
    const read = readLaunchArguments(own, parts.defaults);
    for (const remark of read.remarks) session.output('important', `${remark}\n`);
    return read;
  }

  return {
    initialize(args) {
      session.introduce(conventionsOf(args));
      return capabilities();
    },
    async launch(args) {
      if (session.opening || (session.run && session.run.state !== 'over')) {
        throw new RequestProblem('This session has a run already; restart it, or end it first.');
      }
      const run = await session.open(readLaunch(args));
      // Only now, so that breakpoints are answered with where they really stand.
      outbox.event('initialized');
      if (session.configured) await session.start(run);
    },
    attach() {
      throw new RequestProblem('There is no running kumod to attach to: use a launch request.');
    },
    async configurationDone() {
      if (session.opening) {
        session.configured = true;
        return;
      }
      const run = session.launched();
      if (run.state !== 'configuring') throw new RequestProblem('The run has begun already.');
      session.configured = true;
      await session.start(run);
    },
    async restart(args) {
      const { run } = session;
      if (!run) throw new RequestProblem('Nothing has been launched yet.');
      const read = args.has('arguments') ? readLaunch(args.object('arguments')) : run.read;
      const stood = run.state === 'stopped' ? run.stop : undefined;
      const context = stood && run.target.position().context;
      await session.drop();
      try {
        await session.start(await session.open(read));
      } catch (error) {
        outbox.event('terminated');
        throw error;
      }
      if (stood && context !== undefined) {
        const threadId = session.threads.numberOf(context, stood.thread);
        outbox.event('continued', { threadId, allThreadsContinued: true });
      }
    },
    cancel(args) {
      const request = args.optionalNumber('requestId');
      const progress = args.optionalText('progressId');
      session.cancellations.cancel({ request, progress });
    },
    async terminate() {
      await session.terminate(session.launched());
    },
    async disconnect() {
      await session.close();
    },
    async setBreakpoints(args) {
      return { breakpoints: await breakpoints.setLines(args, session.client, session.run) };
    },
    async setFunctionBreakpoints(args) {
      return { breakpoints: await breakpoints.setFunctions(args, session.client, session.run) };
    },
    async setExceptionBreakpoints(args) {
      return { breakpoints: await breakpoints.setEvents(args, session.client, session.run) };
    },
  };
}
