import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Load runs over a broker that goes away: what else runs meanwhile would be part of what they find. */
const alone = [
  'test/electron/host/broker-outage.test.ts',
  'test/electron/amqp/client/outages.test.ts',
];
const exclude = ['test/e2e/**', 'node_modules/**'];

export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..'),
    globalSetup: ['test/build-first.ts', 'test/rabbitmq/global-setup.ts'],
    pool: 'forks',
    // By default one less than there are cores, which on two cores is one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What hangs is found late; a machine with much else to do is not taken for that.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By default a second, which a machine with more to do than this may well take.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...exclude, ...alone],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          exclude,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
