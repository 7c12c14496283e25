/** Deliveries as CSV (RFC 4180), for spreadsheets. */
import type { DeliveryRow } from '../bridge/deliveries.ts';

const COLUMNS: readonly (readonly [string, (row: DeliveryRow) => string | number | undefined])[] = [
  ['time', (row) => new Date(row.at).toISOString()],
  ['run', (row) => row.runId],
  ['message', (row) => row.message],
  ['message_id', (row) => row.messageId],
  ['queue', (row) => row.queue],
  ['attempt', (row) => row.attempt],
  ['exchange', (row) => row.exchange],
  ['routing_key', (row) => row.routingKey],
  ['size', (row) => row.size],
  ['publishes', (row) => row.publishes],
  ['script_was_told', (row) => row.told],
  ['broker_did', (row) => row.verdict],
  ['reply_code', (row) => row.replyCode],
  ['latency_us', (row) => row.latencyUs],
  ['kumod_logs', (row) => row.recordType],
  ['response_code', (row) => row.responseCode],
  ['response', (row) => row.responseContent],
  ['next_attempt_in_s', (row) => row.nextDelaySeconds],
  ['warning', (row) => row.warning],
];

export const CSV_HEADER = COLUMNS.map(([name]) => name).join(',');

/** One line, without its end. */
export function csvLine(row: DeliveryRow): string {
  return COLUMNS.map(([, value]) => csvField(value(row))).join(',');
}

function csvField(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet would take these for a formula, and the text comes from a script.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
