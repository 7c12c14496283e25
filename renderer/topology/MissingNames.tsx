import { useState } from 'react';
import type { MissingName } from '../../electron/bridge/contract.ts';
import { changeBrokers } from '../brokers/brokers-store.ts';
import { declareQueue } from '../brokers/declare-queue.ts';
import { Callout } from '../controls/Callout.tsx';
import { LocationLink } from '../controls/LocationLink.tsx';
import { notify } from '../shell/notices-store.ts';
import { readTopology } from './topology-store.ts';

interface MissingNamesProps {
  readonly missing: readonly MissingName[];
  readonly embedded: boolean;
}

const exchangeTypes = ['direct', 'topic', 'fanout', 'headers'] as const;

async function declareMissingQueue(name: string): Promise<void> {
  await declareQueue(name);
  await readTopology();
}

/** The type is the person's to choose: the policy does not say it. */
function DeclareExchange({ name }: { readonly name: string }) {
  const [type, setType] = useState<(typeof exchangeTypes)[number]>('direct');

  async function declare(): Promise<void> {
    if (await changeBrokers('brokers.declareExchange', { name, type })) {
      notify(`The exchange ${name} (${type}) is there now; bind a queue to it.`);
    }
    await readTopology();
  }
  return (
    <>
      <select
        className="input missing-type"
        aria-label={`Type of the exchange ${name}`}
        value={type}
        onChange={({ target }) =>
          setType(exchangeTypes.find((one) => one === target.value) ?? 'direct')
        }
      >
        {exchangeTypes.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <button type="button" className="button small" onClick={() => void declare()}>
        Declare exchange {name}
      </button>
    </>
  );
}

/** What the last run published to and the broker lacks. */
export function MissingNames({ missing, embedded }: MissingNamesProps) {
  return missing.map((name) => (
    <Callout
      key={`${name.kind} ${name.exchange} ${name.routingKey}`}
      tone="fail"
      shape="unroutable"
      title={`Missing ${name.kind}`}
      actions={
        embedded &&
        (name.kind === 'exchange' ? (
          <DeclareExchange name={name.exchange} />
        ) : (
          name.kind === 'queue' && (
            <button
              type="button"
              className="button small"
              onClick={() => void declareMissingQueue(name.routingKey)}
            >
              Declare queue {name.routingKey}
            </button>
          )
        ))
      }
    >
      <p>
        {name.sentence} {name.location && <LocationLink location={name.location} />}
      </p>
    </Callout>
  ));
}
