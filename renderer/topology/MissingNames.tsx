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

async function declare({ kind, exchange, routingKey }: MissingName): Promise<void> {
  if (kind === 'queue') await declareQueue(routingKey);
  else {
    const input = { name: exchange, type: 'direct' } as const;
    if (await changeBrokers('brokers.declareExchange', input)) {
      notify(`The exchange ${exchange} (direct) is there now; bind a queue to it.`);
    }
  }
  await readTopology();
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
        name.kind !== 'binding' && (
          <button type="button" className="button small" onClick={() => void declare(name)}>
            Declare {name.kind} {name.kind === 'queue' ? name.routingKey : name.exchange}
          </button>
        )
      }
    >
      <p>
        {name.sentence} {name.location && <LocationLink location={name.location} />}
      </p>
    </Callout>
  ));
}
