/**
 * A log record that is taken without a queue of its own: its message has the recipient of the mail it is
 * about, so kumod mails the record to them (KumoMTA crates/kumod/src/logging/hooks.rs 157-203).
 */
import { ownNodes } from '../syntax/node-index.ts';
import type { FunctionExpression } from '../syntax/syntax-tree.ts';
import { constantOf } from '../flow/exits.ts';
import { inFile } from '../values/by-file.ts';
import { handlerFunctionsOf } from '../values/called-functions.ts';
import { knownText } from '../values/value.ts';
import { ERROR, type Check, type CheckContext } from './check.ts';

const EVENT = 'should_enqueue_log_record';
/** They change no queue name: reading, logging and what is part of the body. */
const HARMLESS = /^(?:get_|id$|num_|recipient|sender$|from_header$|to_header$|queue_name$)/;

export const hookQueue: Check = (context) => {
  const { evaluator, file, report } = context;
  for (const { value, registration } of inFile(handlerFunctionsOf(evaluator), file)) {
    const { event, entry } = registration;
    if (event !== EVENT || mayChooseQueue(context, value.fn)) continue;
    for (const statement of evaluator.exitsOf(file, value.fn).returns) {
      const [first] = statement.values;
      if (first === undefined || constantOf(first) !== true) continue;
      report({
        code: 'hook-without-queue',
        at: statement,
        severity: ERROR,
        message:
          "The record is taken and nothing sets its `queue`: kumod mails it to the recipient of the message that it is about. Set it first: `msg:set_meta('queue', …)`.",
        page: entry?.page,
      });
    }
  }
};

/** Whether anything in the handler could set where the record goes. */
function mayChooseQueue({ evaluator, file }: CheckContext, fn: FunctionExpression): boolean {
  const [message] = fn.parameters;
  if (message === undefined) return fn.isVararg;
  const binding = file.bindings.bindingOf(message);
  if (binding === undefined) return true;
  const uses = new Set(binding.references.map(({ name }) => name));
  const harmless = new Set(
    ownNodes(fn).flatMap((node) => {
      if (node.kind !== 'MethodCall' || node.object.kind !== 'Name') return [];
      if (HARMLESS.test(node.name)) return [node.object];
      const [name] = node.args;
      const meta = name && knownText(evaluator.valuesOf(file, name));
      const isOther =
        node.name === 'set_meta' && meta !== undefined && !/^(?:queue|routing_domain)$/.test(meta);
      return isOther ? [node.object] : [];
    }),
  );
  return [...uses].some((use) => !harmless.has(use));
}
