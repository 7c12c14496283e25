/**
 * An explicit nil from a handler that shares its event: it ends the chain and is converted, while
 * returning nothing lets the next handler run (KumoMTA crates/config/src/lib.rs 789-813).
 */
import { inFile } from '../values/by-file.ts';
import { handlerFunctionsOf } from '../values/called-functions.ts';
import { ERROR, WARNING, type Check } from './check.ts';

/** Events whose handlers may say nil: an ACL that is not defined. */
const NIL_IS_AN_ANSWER: ReadonlySet<string> = new Set(['get_acl_definition']);

export const returnNil: Check = ({ evaluator, file, report }) => {
  for (const { value, registration } of inFile(handlerFunctionsOf(evaluator), file)) {
    const { entry } = registration;
    if (entry?.multi !== true || NIL_IS_AN_ANSWER.has(entry.name)) continue;
    for (const statement of evaluator.exitsOf(file, value.fn).returns) {
      const [only] = statement.values;
      if (statement.values.length !== 1 || only?.kind !== 'Nil') continue;
      const converts = entry.name === 'get_queue_config';
      report({
        code: 'return-nil',
        at: statement,
        severity: converts ? ERROR : WARNING,
        message: converts
          ? 'An explicit nil is not "no answer": kumod raises "error converting Lua nil to QueueConfig". Write `return` alone to let the next handler decide.'
          : `An explicit nil ends the handlers of ${entry.name}: those that were registered later do not run. Write \`return\` alone to let them.`,
        page: entry.page,
        fixes: [
          {
            title: 'Return nothing',
            preferred: true,
            edits: [{ at: { start: statement.start, end: only.end }, newText: 'return' }],
          },
        ],
      });
    }
  }
};
