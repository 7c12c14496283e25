/** Handlers of get_queue_config behind one that always answers: they are never asked. */
import { WARNING, type Check } from './check.ts';

export const unreachableHandler: Check = ({ evaluator, file, report }) => {
  for (const event of ['get_queue_config', 'should_enqueue_log_record']) {
    const registrations = evaluator.roles.registrations.filter((each) => each.event === event);
    const blanket = registrations.findIndex(({ file: where, handler, call }) => {
      const isTopLevel = where.chunk.body.statements.some(
        (statement) => statement.kind === 'CallStatement' && statement.call === call,
      );
      if (!isTopLevel || handler === undefined) return false;
      const values = evaluator.valuesOf(where, handler);
      return (
        values.length > 0 &&
        values.every((value) => {
          if (value.kind !== 'function') return false;
          const { returns, fallsOff } = evaluator.exitsOf(value.file, value.fn);
          if (fallsOff !== undefined || returns.length === 0) return false;
          // `return f()` may give nothing.
          return returns.every(
            ({ values: [first] }) =>
              first !== undefined &&
              evaluator.valuesOf(value.file, first).every(({ kind }) => kind === 'object'),
          );
        })
      );
    });
    const always = registrations[blanket];
    if (always === undefined) continue;
    for (const later of registrations.slice(blanket + 1)) {
      // The order in which files are loaded is not followed.
      if (later.file !== file || always.file !== file) continue;
      report({
        code: 'unreachable-handler',
        at: later.call.args[0] ?? later.call,
        severity: WARNING,
        unnecessary: true,
        message: `This handler of ${event} is never asked: the one that is registered before it returns a value for every queue. Register this one first, or let the other return nothing for what it does not decide.`,
        page: `reference/events/${event}.md`,
        related: [
          { file: always.file, at: always.call.args[0] ?? always.call, message: 'Answers always.' },
        ],
      });
    }
  }
};
