/** Questions to a script that stands still. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { EvaluationContext, Variable } from '../debugger-contract.ts';
import { clientColumn, ownOffset } from './client-conventions.ts';
import { clipboardText } from './clipboard-text.ts';
import type { DapSession } from './dap-session.ts';
import type { DebuggedRun } from './debugged-run.ts';
import type { RequestArguments } from './request-arguments.ts';
import type { RequestHandlers } from './request-handlers.ts';
import { RequestProblem } from './request-problem.ts';
import { stackTrace } from './stack-trace.ts';
import { exceptionInfoBody } from './stop-bodies.ts';
import {
  presentationOf,
  scopeBody,
  valueFields,
  valueFormatOf,
  variableBody,
} from './variable-bodies.ts';

/** Of an exception: more of them nobody reads. */
const TRACEBACK_FRAMES = 50;

/**
 * Why DAP evaluates, in our terms: what a person types may change things, everything else only looks.
 * `inline` is our window's own.
 */
const CONTEXTS: { readonly [context: string]: EvaluationContext } = {
  repl: 'repl',
  hover: 'hover',
  clipboard: 'hover',
  inline: 'inline',
};

export function inspectionRequests(session: DapSession): RequestHandlers {
  function evaluatedBody(
    variable: Variable,
    args: RequestArguments,
    run: DebuggedRun,
    frame: number | undefined,
  ): Omit<DebugProtocol.EvaluateResponse['body'], 'result'> & { value: string } {
    const fields = valueFields(variable, {
      client: session.client,
      references: run.references,
      format: valueFormatOf(args),
      frame,
    });
    return { ...fields, ...presentationOf(variable) };
  }

  function frameOf(args: RequestArguments, run: DebuggedRun): number | undefined {
    const frameId = args.optionalNumber('frameId');
    return frameId === undefined ? undefined : run.references.frame(frameId);
  }

  /** Other values may have changed with the one that a person changed. */
  function invalidate(): void {
    if (session.client.takesInvalidation) {
      session.outbox.event('invalidated', { areas: ['variables'] });
    }
  }

  return {
    async threads() {
      const { run } = session;
      if (run?.state === 'stopped') run.threads = await run.target.ask({ kind: 'threads' });
      if (!run || run.state === 'over') return { threads: [] };
      // A client can only pause a thread that it knows, also before the first stop.
      const known = run.threads.length > 0 ? run.threads : [{ id: 1, name: 'main' }];
      const { context } = run.target.position();
      const threads = known.map(({ id, name }) => ({
        id: session.threads.numberOf(context, id),
        name,
      }));
      return { threads };
    },
    stackTrace: (args) => stackTrace(session, args),
    async scopes(args) {
      const run = session.stopped();
      const frame = run.references.frame(args.number('frameId'));
      const scopes = await run.target.ask({ kind: 'scopes', frame });
      return { scopes: scopes.map((scope) => scopeBody(scope, run.references, frame)) };
    },
    async variables(args) {
      const run = session.stopped();
      const { ref, frame } = run.references.value(args.number('variablesReference'));
      const filter = args.optionalText('filter');
      const start = args.optionalNumber('start');
      const count = args.optionalNumber('count');
      const variables = await run.target.ask({
        kind: 'variables',
        ref,
        ...(filter === 'indexed' || filter === 'named' ? { filter } : {}),
        ...(start === undefined ? {} : { start }),
        // DAP: "If count is missing or 0, all variables are returned."
        ...(count === undefined || count === 0 ? {} : { count }),
      });
      const { references } = run;
      const format = valueFormatOf(args);
      const writing = { client: session.client, references, format, frame };
      return { variables: variables.map((variable) => variableBody(variable, writing)) };
    },
    async setVariable(args) {
      const run = session.stopped();
      const { ref, frame } = run.references.value(args.number('variablesReference'));
      const variable = await run.target.ask({
        kind: 'set-variable',
        ref,
        name: args.text('name'),
        value: args.text('value'),
      });
      return evaluatedBody(variable, args, run, frame);
    },
    async setExpression(args) {
      const run = session.stopped();
      const frame = frameOf(args, run);
      const target = args.text('expression').trim();
      if (!/^[A-Za-z_]/.test(target) || /[;\n]/.test(target)) {
        throw new RequestProblem('Only a variable or a field of a table can be set.');
      }
      const ask = (expression: string, context: EvaluationContext) =>
        run.target.ask({
          kind: 'evaluate',
          expression,
          context,
          ...(frame === undefined ? {} : { frame }),
        });
      const value = args.text('value');
      try {
        await ask(`${target} = ${value}`, 'repl');
      } catch (error) {
        // What is wrong with the value alone says it better.
        await ask(value, 'watch');
        throw error;
      }
      const variable = await ask(target, 'watch');
      invalidate();
      return evaluatedBody(variable, args, run, frame);
    },
    async evaluate(args) {
      const run = session.stopped();
      const frame = frameOf(args, run);
      const asked = args.optionalText('context') ?? '';
      const context = CONTEXTS[asked] ?? 'watch';
      const variable = await run.target.ask({
        kind: 'evaluate',
        expression: args.text('expression'),
        context,
        ...(frame === undefined ? {} : { frame }),
      });
      if (context === 'repl') invalidate();
      const { value, ...body } = evaluatedBody(variable, args, run, frame);
      if (asked !== 'clipboard') return { result: value, ...body };
      return { result: await clipboardText(run.target, variable), ...body, variablesReference: 0 };
    },
    async completions(args) {
      const run = session.stopped();
      const frame = frameOf(args, run);
      const { client } = session;
      const text = args.text('text');
      const lineStart = startOfLine(
        text,
        (args.optionalNumber('line') ?? client.firstLine) - client.firstLine,
      );
      const column = lineStart + ownOffset(client, args.number('column'));
      const found = await run.target.ask({
        kind: 'completions',
        text,
        // Counted from 1, as everything of the core.
        column: column + 1,
        ...(frame === undefined ? {} : { frame }),
      });
      const targets = found.map(({ label, kind, length }): DebugProtocol.CompletionItem => ({
        label,
        type: kind,
        start: clientColumn(client, column - lineStart - length),
        length,
      }));
      return { targets };
    },
    async exceptionInfo(args) {
      const run = session.stopped();
      const { context } = run.target.position();
      const thread = session.threads.threadOf(args.number('threadId'), context);
      if (!run.stop || thread !== run.stop.thread) {
        throw new RequestProblem('This thread is not the one that stopped.');
      }
      const stack = { kind: 'stack', thread, start: 0, count: TRACEBACK_FRAMES } as const;
      const { frames } = await run.target.ask(stack);
      return exceptionInfoBody(run.stop, frames);
    },
  };
}

/** Where the line of this number, from 0, starts in the text. */
function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let passed = 0; passed < line; passed++) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return start;
}
