import { dialectChanges, dialectNames, dialects } from '../../amqp/embedded/dialects.ts';
import { faultConditionChoices } from '../../amqp/embedded/fault-choices.ts';
import { faultChoices } from '../../amqp/embedded/faults.ts';
import { testBroker } from '../../amqp/client/test-broker.ts';
import type { BrokerState } from '../../bridge/brokers.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { connectionOf, parseBrokerUrl } from '../broker-profiles.ts';
import type { HostParts } from '../host-parts.ts';

type BrokerHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `brokers.${string}`>>;

export function brokerHandlers(host: HostParts): BrokerHandlers {
  const { profiles, workspace, embedded, events, topology, wire, presence } = host;

  /** Answers the state and tells every page of it; the policy may reach another broker now. */
  function changed(): BrokerState {
    const state = host.brokerState();
    events.emit('broker', state);
    return state;
  }

  return {
    'brokers.state': async () => host.brokerState(),
    'brokers.select': async ({ id }) => {
      profiles.select(workspace.root, workspace.trust, id);
      presence.forget();
      host.reloadPolicy();
      return changed();
    },
    'brokers.save': async (form) => {
      await profiles.save(form);
      presence.forget();
      presence.forget();
      host.reloadPolicy();
      return changed();
    },
    'brokers.readUri': async ({ uri }) => {
      const address = parseBrokerUrl(uri);
      const isGiven = /:\/\/[^/?#]*:[^/?#]*@/.test(uri);
      return {
        connection: connectionOf(address),
        ...(isGiven ? { password: address.password } : {}),
      };
    },
    'brokers.configure': async ({ id, ...confirms }) => {
      profiles.configure(id, confirms);
      return changed();
    },
    'brokers.remove': async ({ id }) => {
      profiles.remove(id);
      return changed();
    },
    'brokers.test': async ({ id }) => {
      const profile = profiles.get(id);
      if (profile.kind === 'as-written') {
        return {
          ok: true,
          explanation:
            'This profile dials what each policy says; there is no address to try before.',
        };
      }
      if (workspace.trust === 'restricted' && profile.kind !== 'embedded') {
        throw new BridgeError(
          'refused',
          `This folder is restricted; trust it first to connect to ${profile.name}.`,
        );
      }
      const address =
        profile.kind === 'broker' ? profiles.addressOf(profile) : await embedded.ensureStarted();
      return testBroker(address, { trace: wire.trace(address, 'test') });
    },
    'brokers.faults': async () => [...faultChoices],
    'brokers.faultConditions': async () => [...faultConditionChoices],
    'brokers.dialects': async () =>
      dialectNames.map((name) => ({
        name,
        title: dialects[name].title,
        changes: dialectChanges.map(({ title, says }) => ({ title, says: says[name] })),
      })),
    'brokers.setDialect': async ({ dialect }) => {
      profiles.setDialect(dialect);
      await embedded.setDialect(profiles.dialect);
      return changed();
    },
    'brokers.setFault': async ({ fault }) => {
      await embedded.setFault(fault);
      return changed();
    },
    'brokers.declareQueue': async ({ name }) => {
      await embedded.declareQueue(name);
      return changed();
    },
    'brokers.declareExchange': async ({ name, type }) => {
      await embedded.declareExchange(name, type);
      return changed();
    },
    'brokers.topology': () => topology.show(),
    'brokers.missing': () => topology.missing(),
    'brokers.route': (publish) => topology.route(publish),
    'brokers.peek': ({ queue, limit }) => topology.peek(queue, limit),
  };
}
