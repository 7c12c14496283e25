/**
 * What the shaping helper no longer gives since 2023.11.28: it registers these handlers itself (KumoMTA
 * assets/policy-extras/shaping.lua 555-584).
 */
import { nodesOf } from '../syntax/node-index.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { ERROR, type Check } from './check.ts';

const GONE: ReadonlySet<string> = new Set([
  'get_queue_config',
  'should_enqueue_log_record',
  'get_egress_source',
  'get_egress_pool',
]);

export const shapingGlue: Check = ({ evaluator, file, report }) => {
  const setups = new Set(
    apiCallsOf(evaluator)
      .to('policy-extras.shaping.setup_with_automation')
      .map(({ call }) => call),
  );
  if (setups.size === 0) return;
  for (const member of nodesOf(file.chunk).ofKind('Member')) {
    if (!GONE.has(member.name) || member.object.kind !== 'Name') continue;
    const made = file.bindings.bindingOf(member.object)?.value?.expression;
    if (made?.kind !== 'MethodCall' || !setups.has(made)) continue;
    report({
      code: 'unknown-member',
      at: member.nameSpan,
      severity: ERROR,
      message: `The shaping helper gives no \`${member.name}\` since KumoMTA 2023.11.28: it is nil, and kumo.on refuses that when the policy loads. The helper registers that handler itself; remove this.`,
      page: 'userguide/trafficshaping/automation.md',
    });
  }
};
