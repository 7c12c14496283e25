import { expect, test } from 'vitest';
import { OutputLimit } from '../../../../lua-runtime/debugger/dap/output-limit.ts';

test('what comes faster than anyone reads is counted, and told of once', () => {
  let now = 0;
  const limit = new OutputLimit(() => now);
  const shown = Array.from({ length: 7_000 }, () => limit.admits()).filter(Boolean).length;
  expect(shown).toBe(5_000);
  expect(limit.takeRemark()).toBe(
    '2000 lines of output were left out: they came faster than anyone could read.',
  );
  expect(limit.takeRemark()).toBeUndefined();
  now = 999;
  expect(limit.admits()).toBe(false);
  now = 1_000;
  expect(limit.admits()).toBe(true);
  expect(limit.takeRemark()).toContain('1 line of output was');
});
