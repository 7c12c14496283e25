/**
 * Egress pools and sources that nobody answers for: kumod asks the policy for every name but `unspecified`,
 * and does not make the queue (KumoMTA crates/kumod/src/egress_source.rs 592-632).
 */
import { fieldOf } from '../syntax/field-names.ts';
import { findRequired } from '../catalogue/catalogue.ts';
import { nodesOf } from '../syntax/node-index.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { ERROR, type Check, type CheckContext } from './check.ts';

const UNSPECIFIED = 'unspecified';

export const egressHandlers: Check = (context) => {
  const { evaluator, file, report } = context;
  if (!isWholePolicy(context)) return;
  const calls = apiCallsOf(evaluator);
  if (calls.to('policy-extras.sources.setup').length > 0) return;
  const { registrations } = evaluator.roles;
  const isAnswered = (event: string): boolean =>
    registrations.some((each) => each.event === event || each.event === undefined);
  if (!isAnswered('get_egress_pool')) {
    for (const { file: where, args } of calls.to('kumo.make_queue_config')) {
      const [options] = args;
      const pool = options?.kind === 'Table' ? fieldOf(options, 'egress_pool') : undefined;
      if (where !== file || pool?.kind !== 'String' || pool.value === UNSPECIFIED) continue;
      report({
        code: 'egress-without-handler',
        at: pool,
        severity: ERROR,
        message: `Nobody tells kumod what '${pool.value}' is: it raises "Event get_egress_pool has not been registered", and the queue is not made. Register get_egress_pool, or set up \`policy-extras.sources\`.`,
        page: 'reference/events/get_egress_pool.md',
      });
    }
    return;
  }
  if (isAnswered('get_egress_source')) return;
  for (const { file: where, args } of calls.to('kumo.make_egress_pool')) {
    const [options] = args;
    const entries = options?.kind === 'Table' ? fieldOf(options, 'entries') : undefined;
    if (where !== file || entries?.kind !== 'Table') continue;
    for (const { value } of entries.fields) {
      const name = value.kind === 'Table' ? fieldOf(value, 'name') : undefined;
      if (name?.kind !== 'String' || name.value === UNSPECIFIED) continue;
      report({
        code: 'egress-without-handler',
        at: name,
        severity: ERROR,
        message: `Nobody tells kumod what '${name.value}' is: it raises "Event get_egress_source has not been registered", and no queue with this pool is made. Register get_egress_source.`,
        page: 'reference/events/get_egress_source.md',
      });
      break;
    }
  }
};

/** A policy that defines its spools, and of which every part is known. */
function isWholePolicy({ evaluator }: CheckContext): boolean {
  if (apiCallsOf(evaluator).to('kumo.define_spool').length === 0) return false;
  return [...evaluator.program.files.values()].every(({ chunk }) =>
    nodesOf(chunk)
      .ofKind('Call')
      .every(({ callee, args: [name] }) => {
        if (
          callee.kind !== 'Name' ||
          !['require', 'dofile', 'load', 'loadfile'].includes(callee.name)
        ) {
          return true;
        }
        return (
          callee.name === 'require' &&
          name?.kind === 'String' &&
          (findRequired(name.value) !== undefined ||
            evaluator.program.moduleFile(name.value) !== undefined)
        );
      }),
  );
}
