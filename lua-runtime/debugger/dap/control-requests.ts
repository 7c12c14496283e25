/** How the script goes on, or back. */
import type { DapSession } from './dap-session.ts';
import type { DebuggedRun } from './debugged-run.ts';
import type { Resume } from '../debugger-contract.ts';
import { ownLine } from './client-conventions.ts';
import { withProgress } from './progress.ts';
import type { RequestHandlers } from './request-handlers.ts';
import type { RequestArguments } from './request-arguments.ts';
import { RequestProblem } from './request-problem.ts';

export function controlRequests(session: DapSession): RequestHandlers {
  /** The whole run moves, whichever thread is named; but it must be one. */
  function checkThread(args: RequestArguments): void {
    const run = session.stopped();
    session.threads.threadOf(args.number('threadId'), run.target.position().context);
  }

  async function goOn(args: RequestArguments, resume: Resume): Promise<void> {
    checkThread(args);
    await session.move((run) => run.target.resume(resume), 'on');
  }

  /** Takes as long as the run has taken so far, so that it may be worth showing. */
  async function travel(how: (run: DebuggedRun) => Promise<void>): Promise<void> {
    await withProgress(session, 'Going back', () => session.move(how));
  }

  return {
    async continue(args) {
      await goOn(args, { kind: 'continue' });
      return { allThreadsContinued: true };
    },
    next: (args) => goOn(args, { kind: 'step-over' }),
    stepIn: (args) => goOn(args, { kind: 'step-in' }),
    stepOut: (args) => goOn(args, { kind: 'step-out' }),
    async stepBack(args) {
      checkThread(args);
      await travel((run) => run.target.stepBack());
    },
    async reverseContinue(args) {
      checkThread(args);
      await travel((run) => run.target.reverseContinue());
    },
    async pause() {
      const run = session.launched();
      if (run.state === 'stopped') throw new RequestProblem('The script stands still already.');
      await run.target.pause();
    },
    gotoTargets() {
      throw new RequestProblem(
        'Lua cannot go on at another line without running what is between; run to the line instead.',
      );
    },
    goto() {
      throw new RequestProblem(
        'Lua cannot go on at another line without running what is between; run to the line instead.',
      );
    },
    async 'kumo/runTo'(args) {
      const run = session.stopped();
      const file = run.sources.fileOf(args.object('source'));
      if (file === undefined) {
        throw new RequestProblem(`The file is not in the policy's folder ${run.target.root}.`);
      }
      const line = ownLine(session.client, args.number('line'));
      await session.move(({ target }) => target.resume({ kind: 'run-to', file, line }), 'on');
    },
    async 'kumo/seek'(args) {
      const tick = args.number('tick');
      if (tick < 1) throw new RequestProblem('`tick` must be 1 or more.');
      await travel((run) => run.target.seek(tick));
    },
    async 'kumo/lastChange'(args) {
      const { ref } = session.stopped().references.value(args.number('variablesReference'));
      const name = args.text('name');
      await travel((run) => run.target.runBackToLastChange({ ref, name }));
    },
  };
}
