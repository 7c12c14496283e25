import { memo } from 'react';
import type { DeliveryRow } from '../../electron/bridge/contract.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import {
  formatClockTime,
  formatCount,
  formatMicroseconds,
  formatSeconds,
} from '../wording/quantities.ts';
import { recordTone, verdictLook, warningWord } from './verdict-words.ts';

function BrokerDid({ row }: { readonly row: DeliveryRow }) {
  const look = verdictLook(row.verdict);
  const figure =
    row.replyCode !== undefined && row.verdict !== 'acked'
      ? String(row.replyCode)
      : row.latencyUs !== undefined
        ? formatMicroseconds(row.latencyUs)
        : '';
  return (
    <>
      <span className={`verdict tone-${look.tone === 'plain' ? 'faint' : look.tone}`}>
        <VerdictShape shape={look.shape} />
        {look.word}
      </span>{' '}
      <span className="faint num">
        {figure}
        {row.publishes > 1 && ` ×${formatCount(row.publishes)}`}
      </span>
    </>
  );
}

function KumodLogs({ row }: { readonly row: DeliveryRow }) {
  const tone = recordTone(row.recordType);
  return (
    <>
      <span className={`verdict tone-${tone}`}>
        {tone === 'warn' && <VerdictShape shape="retry" />}
        {row.recordType} {row.responseCode}
      </span>{' '}
      {row.warning ? (
        <span className="badge">{warningWord(row.warning)}</span>
      ) : row.nextDelaySeconds !== undefined ? (
        <span className="dim">next in {formatSeconds(row.nextDelaySeconds)}</span>
      ) : (
        <span className="dim">{row.responseContent}</span>
      )}
    </>
  );
}

/** The cells of one delivery. Painted again only when the row is another one. */
export const DeliveryCells = memo(function DeliveryCells({ row }: { readonly row: DeliveryRow }) {
  const key = row.exchange === '' ? row.routingKey : `${row.exchange} ▸ ${row.routingKey}`;
  return (
    <>
      <span role="gridcell" className="mono num dim">
        {formatClockTime(row.at).slice(0, 8)}
        <span className="milliseconds">{formatClockTime(row.at).slice(8)}</span>
      </span>
      <span role="gridcell" className="mono" title={row.queue}>
        {row.queue}
      </span>
      <span role="gridcell" className="num dim attempt">
        {row.attempt}
      </span>
      <span
        role="gridcell"
        className="mono"
        title={row.exchange === '' ? `default exchange, ${row.routingKey}` : key}
      >
        {key}
      </span>
      <span role="gridcell" className="truth dim" title={row.told}>
        {row.told}
      </span>
      <span role="gridcell" className="truth">
        <BrokerDid row={row} />
      </span>
      <span role="gridcell" className="truth" title={row.responseContent}>
        <KumodLogs row={row} />
      </span>
    </>
  );
});
