/** The topology of the active broker: the embedded one itself, RabbitMQ by its management API. */
import { ManagementError } from '../amqp/management/management-request.ts';
import type { ManagementAddress } from '../amqp/management/management-request.ts';
import { fetchAndRequeue, managementTopology } from '../amqp/management/management-client.ts';
import type { PlainTable } from '../amqp/embedded/wire/plain-values.ts';
import type { BrokerTopology } from '../amqp/topology/broker-topology.ts';
import { traceRoute } from '../amqp/topology/route-trace.ts';
import type { PlannedPublish } from '../amqp/topology/route-trace.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { CallOutput } from '../bridge/contract.ts';
import type { BrokerProfiles, StoredProfile } from './broker-profiles.ts';
import type { EmbeddedBrokerService } from './embedded-broker-service.ts';
import { missingNames } from './missing-names.ts';
import type { PublishedNames } from './published-names.ts';

/** Shown of a message's body; the rest is for a consumer. */
const PEEKED_BYTES = 4_096;

export interface TopologyParts {
  readonly profiles: BrokerProfiles;
  readonly embedded: EmbeddedBrokerService;
  readonly published: PublishedNames;
  activeProfile(): StoredProfile;
}

/** Rejects with BridgeError, one sentence. What cannot be reached at all is a `problem` instead. */
export class ActiveTopology {
  readonly #parts: TopologyParts;

  constructor(parts: TopologyParts) {
    this.#parts = parts;
  }

  async show(): Promise<CallOutput<'brokers.topology'>> {
    const profile = this.#parts.activeProfile();
    try {
      const topology = await this.#read(profile);
      const missing = missingNames(topology, this.#parts.published.list());
      const source = profile.kind === 'embedded' ? 'embedded' : 'management';
      return {
        profile: profile.name,
        source,
        exchanges: topology.exchanges.map(withTable),
        queues: topology.queues.map(withTable),
        bindings: topology.bindings.map(withTable),
        missing,
      };
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      const nothing = { exchanges: [], queues: [], bindings: [], missing: [] };
      return { profile: profile.name, source: 'none', problem: error.message, ...nothing };
    }
  }

  /** Nothing where the broker cannot be looked into: that is no finding about the policy. */
  async missing(): Promise<CallOutput<'brokers.missing'>> {
    const published = this.#parts.published.list();
    if (published.length === 0) return { missing: [] };
    const { missing } = await this.show();
    return { missing };
  }

  async route(publish: PlannedPublish): Promise<CallOutput<'brokers.route'>> {
    const route = traceRoute(await this.#read(this.#parts.activeProfile()), publish);
    return {
      ...route,
      queues: [...route.queues],
      steps: route.steps.map((step) => ({ ...step, matched: step.matched.map(withTable) })),
    };
  }

  async peek(queue: string, limit: number): Promise<CallOutput<'brokers.peek'>> {
    const profile = this.#parts.activeProfile();
    const isEmbedded = profile.kind === 'embedded';
    const messages = isEmbedded
      ? (await this.#parts.embedded.peek(queue, limit)).map((message) => ({
          ...message,
          size: message.body.length,
        }))
      : await sentence(() =>
          fetchAndRequeue(this.#management(profile), queue, limit, PEEKED_BYTES),
        );
    return {
      marksRedelivered: !isEmbedded,
      messages: messages.map(({ body, properties, ...message }) => ({
        ...message,
        properties: properties as Table,
        text: body.subarray(0, PEEKED_BYTES).toString('utf8'),
      })),
    };
  }

  async #read(profile: StoredProfile): Promise<BrokerTopology> {
    if (profile.kind === 'embedded') return this.#parts.embedded.topology();
    return await sentence(() => managementTopology(this.#management(profile)));
  }

  #management(profile: StoredProfile): ManagementAddress {
    if (profile.kind !== 'broker') {
      throw new BridgeError(
        'refused',
        'This profile dials what each policy says, so no one broker can be looked into; choose a broker profile.',
      );
    }
    const { managementUrl } = profile.connection;
    if (managementUrl === undefined) {
      throw new BridgeError(
        'refused',
        `${profile.name} has no management URL, so its queues and bindings cannot be read; edit the profile (for RabbitMQ: http://${profile.connection.host}:15672).`,
      );
    }
    return { url: managementUrl, broker: this.#parts.profiles.addressOf(profile) };
  }
}

type Table = CallOutput<'brokers.topology'>['queues'][number]['arguments'];

/** The bridge's own type for JSON has no readonly arrays. */
function withTable<T extends { readonly arguments: PlainTable }>(held: T) {
  return { ...held, arguments: held.arguments as Table };
}

async function sentence<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ManagementError) throw new BridgeError('failed', error.message);
    throw error;
  }
}
