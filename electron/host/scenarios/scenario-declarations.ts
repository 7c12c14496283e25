/** The queues, exchanges and bindings of a scenario's own broker, beyond its definitions.json. */
import { EmbeddedBroker } from '../../amqp/embedded/embedded-broker.ts';
import {
  countDeclarations,
  declarationsOf,
  declaredBeyond,
  declaredTogether,
  noDeclarations,
} from '../../amqp/topology/declarations.ts';
import type { Declarations } from '../../amqp/topology/declarations.ts';
import { reachedDeclarations } from '../../amqp/topology/reached-declarations.ts';
import type { PlainTable } from '../../amqp/embedded/wire/plain-values.ts';
import type { Entry, JsonValue } from '../../../lua-runtime/recording/entries.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import type { PublishedName } from '../published-names.ts';
import { definitionsBeside, loadDefinitionsFile } from '../start-embedded-broker.ts';
import type { Scenario } from './scenario-schema.ts';

export type ScenarioDeclare = NonNullable<NonNullable<Scenario['broker']>['declare']>;

/** Of what the broker held when each of a delivery's publishes came: what it did depends on these. */
export function declarationsOfDelivery(
  entries: readonly Entry[],
  declaredAt: (time: number) => Declarations,
): Declarations {
  return declaredTogether(
    entriesOfKind(entries, 'publish').map(({ at, exchange, routing_key, properties }) =>
      reachedDeclarations(declaredAt(at), {
        exchange,
        routingKey: routing_key,
        headers: headersOf(properties.headers),
      }),
    ),
  );
}

/** For what was not delivered yet: what a person declared, and what the last run reached. */
export function declarationsOfForm(
  now: Declarations,
  byHand: Declarations,
  published: readonly PublishedName[],
): Declarations {
  const reached = published.map(({ exchange, routingKey }) =>
    reachedDeclarations(now, { exchange, routingKey, headers: {} }),
  );
  return declaredTogether([byHand, ...reached]);
}

/**
 * What of `declared` the broker of a scenario lacks, for a policy in `policyRoot`. Rejects with `failed`
 * when the definitions.json there cannot be used.
 */
export async function beyondDefinitions(
  policyRoot: string,
  declared: Declarations,
): Promise<Declarations> {
  const file = definitionsBeside(policyRoot);
  if (file === undefined) return declared;
  const broker = new EmbeddedBroker();
  try {
    await loadDefinitionsFile(broker, file);
    return declaredBeyond(declared, declarationsOf(broker.topology()));
  } finally {
    await broker.close();
  }
}

/** In a scenario's words; undefined for none. */
export function declareOf(declarations: Declarations): ScenarioDeclare | undefined {
  if (countDeclarations(declarations) === 0) return undefined;
  const { exchanges, queues, bindings } = declarations;
  const declare = {
    ...(exchanges.length === 0 ? {} : { exchanges }),
    ...(queues.length === 0 ? {} : { queues: queues.map(shortQueue) }),
    ...(bindings.length === 0 ? {} : { bindings }),
  };
  // The schema's types have no readonly lists.
  return structuredClone(declare) as ScenarioDeclare;
}

export function declarationsOfScenario(declare: ScenarioDeclare | undefined): Declarations {
  if (!declare) return noDeclarations;
  const { exchanges = [], queues = [], bindings = [] } = declare;
  return {
    exchanges,
    queues: queues.map((queue) => (typeof queue === 'string' ? { name: queue } : queue)),
    bindings,
  };
}

function shortQueue(
  queue: Declarations['queues'][number],
): Declarations['queues'][number] | string {
  return Object.keys(queue).length === 1 ? queue.name : queue;
}

function headersOf(headers: JsonValue | undefined): PlainTable {
  const isTable = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
  return isTable ? (headers as PlainTable) : {};
}
