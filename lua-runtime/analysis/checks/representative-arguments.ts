/**
 * The tenant and campaign of a constructor are those of one of the queues that its session serves; a
 * message may be another's (KumoMTA docs/reference/kumo/make_queue_config/protocol.md, lua_deliver.rs 151-181).
 */
import { nodesOf } from '../syntax/node-index.ts';
import type { NameExpression } from '../syntax/syntax-tree.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { WARNING, type Check, type CheckContext } from './check.ts';

const REPRESENTATIVE = ['tenant', 'campaign'] as const;

export const representativeArguments: Check = (context) => {
  const { evaluator, file, report } = context;
  const nodes = nodesOf(file.chunk);
  for (const { constructor, table } of evaluator.roles.connections) {
    if (!constructor.isNamed || constructor.value.file !== file) continue;
    const { fn } = constructor.value;
    const sends = ['send', 'send_batch'].flatMap((name) =>
      evaluator.tables
        .field(table, name)
        .flatMap((value) => (value.kind === 'function' ? [value.fn] : [])),
    );
    REPRESENTATIVE.forEach((meaning, i) => {
      const parameter = fn.parameters[i + 1];
      const binding = parameter && file.bindings.bindingOf(parameter);
      if (parameter === undefined || binding === undefined) return;
      if (binding.references.some(({ isWrite }) => isWrite)) return;
      const used = binding.references.find(
        ({ name, within }) =>
          within !== undefined && sends.includes(within) && !isOnlyTold(context, name),
      );
      if (used === undefined) return;
      const own = nodes.functionAround(used.name)?.parameters.find(({ name }) => name !== 'self');
      const isOne =
        sends.length === 1 &&
        evaluator.tables.field(table, 'send_batch').every((v) => v.kind === 'nil');
      report({
        code: 'representative-argument',
        at: used.name,
        severity: WARNING,
        message: `\`${parameter.name}\` is the ${meaning} of one of the queues that this session serves, and the message may be another's: kumod makes one connection for all of them. Ask the message: \`get_meta '${meaning}'\`.`,
        page: 'reference/kumo/make_queue_config/protocol.md',
        ...(own === undefined || !isOne
          ? {}
          : {
              fixes: [
                {
                  title: 'Ask the message',
                  preferred: true as const,
                  edits: [{ at: used.name, newText: `${own.name}:get_meta('${meaning}')` }],
                },
              ],
            }),
      });
    });
  }
};

/** An argument of kumo.log_* or print: nothing depends on it. */
function isOnlyTold({ evaluator, file }: CheckContext, name: NameExpression): boolean {
  const parent = nodesOf(file.chunk).parentOf(name);
  if (parent?.kind !== 'Call' || parent.callee === name) return false;
  if (parent.callee.kind === 'Name' && parent.callee.name === 'print') return true;
  return apiCallsOf(evaluator).of(parent)?.fullName.startsWith('kumo.log_') === true;
}
