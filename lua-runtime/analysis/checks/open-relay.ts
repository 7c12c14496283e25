/**
 * A listener that the world can reach and that relays for it (KumoMTA crates/kumod/src/smtp_server.rs 2944-2969):
 * `relay_hosts` with every address, or a get_listener_domain that relays every domain.
 */
import { fieldOf } from '../syntax/field-names.ts';
import { nodesOf } from '../syntax/node-index.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import type { Expression, TableExpression } from '../syntax/syntax-tree.ts';
import { knownText } from '../values/value.ts';
import { ERROR, type Check, type CheckContext } from './check.ts';

const EVERYBODY: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
const LOCAL = /^(?:127\.|localhost|\[?::1\]?[:$])/;

export const openRelay: Check = (context) => {
  const { evaluator, file, report } = context;
  const calls = apiCallsOf(evaluator);
  const reachable = calls
    .to('kumo.start_esmtp_listener')
    .filter((each) => isReachable(context, each));
  // Something else may decide who is let in.
  if (reachable.length === 0 || refusesItself(context) || keepsMail(context)) return;
  for (const { file: where, args, entry } of reachable) {
    const [options] = args;
    if (where !== file || options?.kind !== 'Table') continue;
    const hosts = fieldOf(options, 'relay_hosts');
    for (const host of hosts?.kind === 'Table' ? hosts.fields : []) {
      if (host.value.kind !== 'String' || !EVERYBODY.has(host.value.value)) continue;
      report({
        code: 'open-relay',
        at: host.value,
        severity: ERROR,
        message:
          'Everybody who reaches this listener may send mail to anybody: an open relay, which is found and blocked within hours. Name the networks of your own senders.',
        page: entry.page,
      });
    }
  }
  checkDomains(context);
};

/** get_listener_domain that says relay_to for whatever it is asked. */
function checkDomains({ evaluator, file, report }: CheckContext): void {
  const nodes = nodesOf(file.chunk);
  for (const { event, handler, entry, file: where } of evaluator.roles.registrations) {
    if (
      event !== 'get_listener_domain' ||
      handler?.kind !== 'FunctionExpression' ||
      where !== file
    ) {
      continue;
    }
    const [only, ...others] = handler.body.statements;
    if (only?.kind !== 'Return' || others.length > 0) continue;
    const [made] = only.values;
    if (made?.kind !== 'Call') continue;
    const call = apiCallsOf(evaluator).of(made);
    if (call?.fullName !== 'kumo.make_listener_domain' || call.args[0]?.kind !== 'Table') continue;
    const relay = relayTo(call.args[0]);
    if (relay === undefined) continue;
    report({
      code: 'open-relay',
      at: nodes.parentOf(relay) ?? relay,
      severity: ERROR,
      message:
        'This relays mail to every domain, for everybody who reaches the listener: an open relay, which is found and blocked within hours. Answer so for your own domains only.',
      page: entry?.page,
    });
  }
}

function relayTo(options: TableExpression): Expression | undefined {
  const relay = fieldOf(options, 'relay_to');
  return relay?.kind === 'Boolean' && relay.value ? relay : undefined;
}

function isReachable({ evaluator }: CheckContext, { file, args: [options] }: ApiCall): boolean {
  if (options?.kind !== 'Table') return false;
  const listen = fieldOf(options, 'listen');
  const address = listen && knownText(evaluator.valuesOf(file, listen));
  return address !== undefined && !LOCAL.test(address);
}

/** Mail is put into a queue of the policy's choice, or delivered otherwise than by SMTP: a sink. */
function keepsMail({ evaluator }: CheckContext): boolean {
  const calls = apiCallsOf(evaluator);
  const choosesQueue = calls.to('Message:set_meta').some(({ file, args: [name] }) => {
    const meta = name && knownText(evaluator.valuesOf(file, name));
    return meta === undefined || meta === 'queue' || meta === 'routing_domain';
  });
  return (
    choosesQueue ||
    calls
      .to('kumo.make_queue_config')
      .some(
        ({ args: [options] }) =>
          options?.kind !== 'Table' || fieldOf(options, 'protocol') !== undefined,
      )
  );
}

/** Rejects, authentication or parameters by connection anywhere in the policy. */
function refusesItself({ evaluator }: CheckContext): boolean {
  return (
    apiCallsOf(evaluator).to('kumo.reject', 'kumo.disconnect').length > 0 ||
    evaluator.roles.registrations.some(
      ({ event }) =>
        event === undefined ||
        event.startsWith('smtp_server_auth') ||
        event === 'smtp_server_get_dynamic_parameters',
    )
  );
}
