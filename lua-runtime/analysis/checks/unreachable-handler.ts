/** Handlers of an event with several, behind one that always answers: they are never asked. */
import { isTopLevel, nodesOf } from '../syntax/node-index.ts';
import type { Expression, Span } from '../syntax/syntax-tree.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { inFile } from '../values/by-file.ts';
import type { HandlerRegistration } from '../values/handler-roles.ts';
import type { Value } from '../values/value.ts';
import { ERROR, WARNING, type Check, type CheckContext } from './check.ts';

/** What an answer is, and what the helpers register for the event. */
const EVENTS = [
  {
    event: 'get_queue_config',
    answer: 'object',
    helpers: [
      'policy-extras.log_hooks.new',
      'policy-extras.log_hooks.new_json',
      'policy-extras.queue.setup',
    ],
  },
  {
    event: 'should_enqueue_log_record',
    answer: 'boolean',
    helpers: ['policy-extras.log_hooks.new', 'policy-extras.log_hooks.new_json'],
  },
] as const satisfies readonly {
  readonly event: string;
  readonly answer: Value['kind'];
  readonly helpers: readonly string[];
}[];

export const unreachableHandler: Check = (context) => {
  const { evaluator, file, report } = context;
  const nodes = nodesOf(file.chunk);
  for (const { event, answer, helpers } of EVENTS) {
    // The order in which files are loaded is not followed.
    const own = inFile(evaluator.roles.registrations, file).filter((each) => each.event === event);
    const always = own.find((each) => answersAlways(context, each, answer));
    if (always === undefined) continue;
    const page = `reference/events/${event}.md`;
    const unreached = (at: Expression | Span, isHelper: boolean): void => {
      report({
        code: 'unreachable-handler',
        at,
        severity: isHelper && event === 'get_queue_config' ? ERROR : WARNING,
        unnecessary: !isHelper,
        message: isHelper
          ? `The handler of ${event} that is registered before this answers for everything, so that of the helper is never asked. Set up the helper first, or let the other return nothing for what it does not decide.`
          : `This handler of ${event} is never asked: the one that is registered before it answers always. Register this one first, or let the other return nothing for what it does not decide.`,
        page,
        related: [{ file, at: always.call.args[0] ?? always.call, message: 'Answers always.' }],
      });
    };
    for (const { call } of own) {
      if (call.start > always.call.start) unreached(call.args[0] ?? call, false);
    }
    for (const { file: where, call } of apiCallsOf(evaluator).to(...helpers)) {
      if (where !== file || call.start < always.call.end) continue;
      if (isTopLevel(nodes, file.chunk, call)) unreached(call, true);
    }
  }
};

/** Registered whenever the policy is loaded, and every path of it gives a value. */
function answersAlways(
  { evaluator }: CheckContext,
  { file, call, handler }: HandlerRegistration,
  answer: Value['kind'],
): boolean {
  if (handler === undefined || !isTopLevel(nodesOf(file.chunk), file.chunk, call)) return false;
  const values = evaluator.valuesOf(file, handler);
  return (
    values.length > 0 &&
    values.every((value) => {
      if (value.kind !== 'function') return false;
      const { returns, fallsOff } = evaluator.exitsOf(value.file, value.fn);
      if (fallsOff !== undefined || returns.length === 0) return false;
      // `return f()` may give nothing.
      return returns.every(({ values: [first] }) => {
        if (first === undefined) return false;
        const given = evaluator.valuesOf(value.file, first);
        return given.length > 0 && given.every(({ kind }) => kind === answer);
      });
    })
  );
}
