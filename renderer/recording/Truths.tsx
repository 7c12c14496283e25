import type { DeliveryRow } from '../../electron/bridge/contract.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { recordTone, verdictLook } from '../deliveries/verdict-words.ts';
import { formatMicroseconds } from '../wording/quantities.ts';

/** The three truths side by side, never mixed up. */
export function Truths({ row }: { readonly row: DeliveryRow }) {
  const look = verdictLook(row.verdict);
  return (
    <dl className="truths">
      <div>
        <dt>Script was told</dt>
        <dd className="mono" title={row.told}>
          {row.told}
        </dd>
      </div>
      <div>
        <dt>Broker did</dt>
        <dd className={`verdict tone-${look.tone}`}>
          <VerdictShape shape={look.shape} />
          {look.word}
        </dd>
        <dd className="faint num">
          {[
            row.replyCode,
            row.latencyUs === undefined ? undefined : formatMicroseconds(row.latencyUs),
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </dd>
      </div>
      <div>
        <dt>kumod logs</dt>
        <dd className={`tone-${recordTone(row.recordType)}`}>
          {row.recordType} {row.responseCode}
        </dd>
        <dd className="faint truth-words" title={row.responseContent}>
          {row.responseContent}
        </dd>
      </div>
    </dl>
  );
}
