import { expect, it } from 'vitest';
import { CSV_HEADER, csvLine } from '../../../electron/host/delivery-csv.ts';

const row = {
  id: 1,
  runId: 'run-1',
  message: 1,
  messageId: 'd7ef',
  at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  queue: 'a@b',
  attempt: 1,
  exchange: '',
  routingKey: 'logging',
  told: '250 ok',
  publishes: 1,
  recordType: 'Bounce',
  responseCode: 500,
  responseContent: '{"status":"Nack"}',
  size: 10,
};

it('writes a field for each column, empty where there is nothing', () => {
  expect(csvLine(row)).toBe(
    '2026-01-02T03:04:05.678Z,run-1,1,d7ef,a@b,1,,logging,10,1,250 ok,,,,Bounce,500,"{""status"":""Nack""}",,',
  );
  expect(CSV_HEADER.split(',')).toHaveLength(19);
});

it('quotes what would break the line, and lets no text become a formula', () => {
  expect(csvLine({ ...row, told: 'two\nlines', queue: '=1+1' })).toContain('"two\nlines"');
  expect(csvLine({ ...row, queue: '=1+1' })).toContain(",'=1+1,");
});
