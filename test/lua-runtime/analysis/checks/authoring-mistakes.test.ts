/**
 * The mistakes that authors of policies make (facts of KumoMTA, section 12): each has a broken policy in
 * the corpus that is found, or a reason why its text cannot tell.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const broken = path.resolve(import.meta.dirname, '../corpus/broken');

const FOUND: Readonly<Record<string, readonly string[]>> = {
  '1': ['helper-queue-before-log-hooks', 'helper-queue-before-automation'],
  '2': ['helper-behind-blanket-handler', 'helper-queue-before-own-handler'],
  '3': ['return-nil-in-get-queue-config', 'nil-ends-the-hooks'],
  '4': ['pool-as-plain-table', 'queue-config-as-plain-table'],
  '5': ['path-config-falls-off', 'pool-returns-alone'],
  '6': ['on-inside-init', 'helper-in-init', 'log-hook-in-pre-init'],
  '7': ['event-twice', 'module-registers-init-again'],
  '8': ['helper-sources-twice', 'helper-queue-twice-in-two-ways', 'log-hook-name-taken'],
  '9': ['event-misspelt'],
  '10': ['kumo-without-require', 'module-without-require'],
  // Of what is kept per context only clients: a cache or a counter may be meant so.
  '11': ['amqp-client-in-main-chunk', 'kafka-producer-in-main-chunk'],
  '12': ['send-falls-off', 'send-returns-inside-pcall-only'],
  '13': ['send-returns-true', 'send-returns-table'],
  '14': ['error-with-550'],
  '16': ['rethrow-as-text', 'rethrow-by-concatenation'],
  '17': ['reject-in-constructor'],
  '19': ['client-per-message', 'http-client-per-message'],
  '20': ['client-not-closed'],
  '22': ['amqp-headers-as-lua-table', 'lapin-header-without-type'],
  '23': ['publish-field-misspelt', 'http-client-field-misspelt'],
  '24': ['custom-lua-without-constructor', 'protocol-misspelt'],
  '25': ['protocol-beside-custom-lua'],
  '26': ['duration-without-unit'],
  '27': ['batch-without-send-batch', 'batch-size-zero'],
  '28': ['tenant-of-constructor-in-send'],
  '32': ['hook-takes-record-without-queue'],
  '35': ['tenant-as-number'],
  '37': ['reject-4xx-in-requeue'],
  '38': ['reject-in-throttle'],
  '39': ['pool-that-nobody-answers-for', 'source-that-nobody-answers-for'],
  '40': ['auth-says-nothing-when-wrong', 'http-auth-returns-nil'],
  '41': ['signed-before-footer'],
  '42': ['task-in-main-chunk'],
  '46': ['retry-faster-than-a-second', 'longest-wait-shorter-than-first'],
  '50': ['timeout-as-integer'],
  '51': ['old-shaping-glue'],
  '52': ['hook-without-name'],
  '54': ['sqlite-with-colon'],
};

const TEXT_CANNOT_TELL: Readonly<Record<string, string>> = {
  '15': 'To drop a record when a webhook is down may be meant: the helper of KumoMTA does it itself.',
  '18': 'What kumod does with a session after an error, whatever the policy says.',
  '21': "KumoMTA's guide does it so, and a run shows the loss.",
  '29': 'Which shaping a queue gets stands in data files.',
  '30': 'How many records a node has to carry depends on its traffic.',
  '31': 'A guard that is not needed does no harm.',
  '33': 'It does harm only where no queue is set, which is row 32.',
  '34': 'Headers in logs cost reads of the spool, and may be worth it.',
  '36': 'To let a message vanish later may be meant.',
  '40a': "A fault of the queue helper, which a data file's campaign brings out.",
  '43': 'Whether a record has one recipient depends on the batches that clients send.',
  '44': 'When a setting is read is known; that somebody waits for it is not.',
  '45': 'Which files exist, and what globs are set on the node, is not in the text.',
  '47': 'What somebody expects of a number in a log.',
  '48': 'A limit on connections may be meant for the SMTP queues of the same path.',
  '49': 'What somebody believes a default to be.',
  '53': 'Ports and permissions are those of the machine.',
};

describe('the mistakes of authors', () => {
  it('are all accounted for', () => {
    const rows = [...Array.from({ length: 54 }, (_, i) => String(i + 1)), '40a'];
    const known = [...Object.keys(FOUND), ...Object.keys(TEXT_CANNOT_TELL)];
    expect(known.sort()).toEqual(rows.sort());
  });

  it.each(Object.entries(FOUND))('row %s has its policies in the corpus', (_row, names) => {
    expect(names.filter((name) => !existsSync(path.join(broken, `${name}.lua`)))).toEqual([]);
  });
});
