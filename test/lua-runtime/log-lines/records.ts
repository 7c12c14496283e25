/** Log records as kumod writes them. */
import type { LoggedRecord } from '../../../lua-runtime/log-lines/logged-record.ts';
import { readLogLines } from '../../../lua-runtime/log-lines/logged-record.ts';

export const LINE = {
  type: 'TransientFailure',
  id: 'c90b9c00e8b211f180017130c3e16daa',
  sender: 'bounces@sender.example',
  recipient: 'user@example.com',
  queue: 'spring:acme@example.com',
  site: 'unspecified->example.com@lua:make.amqp',
  size: 2310,
  response: { code: 451, enhanced_code: null, content: 'broker said no', command: null },
  peer_address: { name: 'Lua via make.amqp', addr: '0.0.0.0' },
  timestamp: 1_795_600_000,
  event_time: '2026-11-25T09:46:40.123456789Z',
  created: 1_795_599_000,
  created_time: '2026-11-25T09:30:00Z',
  num_attempts: 2,
  bounce_classification: 'Uncategorized',
  egress_pool: 'unspecified',
  egress_source: 'unspecified',
  source_address: null,
  feedback_report: null,
  meta: { tenant: 'acme', customer: 'c-17' },
  headers: { Subject: 'Your order', Received: ['from a', 'from b'] },
  delivery_protocol: 'Lua',
  reception_protocol: 'ESMTP',
  nodeid: '3b1f0c52-6a0e-4a6e-9a58-2f6c1d5d7e90',
};

export function recordOf(change: Partial<Record<keyof typeof LINE, unknown>> = {}): LoggedRecord {
  const [record] = readLogLines(JSON.stringify({ ...LINE, ...change })).records;
  if (record === undefined) throw new Error('no record');
  return record;
}
