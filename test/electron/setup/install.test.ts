import { describe, expect, test } from 'vitest';
import { isStale } from '../../../electron/setup/install.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
  },
};

describe('node_modules is stale', () => {
  test('when nothing was installed', () => {
    expect(isStale(lock, undefined)).toBe(true);
  });

  test('when a package is missing', () => {
    expect(isStale(lock, { packages: {} })).toBe(true);
  });

  test.each([
    ['another version', { version: '4.6.6', integrity: 'sha512-a' }],
    ['other content', { version: '4.6.7', integrity: 'sha512-x' }],
  ])('when a package has %s', (_what, zod) => {
    expect(isStale(lock, { packages: { 'node_modules/zod': zod } })).toBe(true);
  });
});

describe('node_modules is as wanted', () => {
  test('when all is there, another platform’s packages left out', () => {
    const { 'node_modules/zod': zod } = lock.packages;
    expect(isStale(lock, { packages: { 'node_modules/zod': zod } })).toBe(false);
  });

  test('when there is more than was asked for', () => {
    const more = { 'node_modules/extra': { version: '1.0.0', integrity: 'sha512-c' } };
    expect(isStale(lock, { packages: { ...lock.packages, ...more } })).toBe(false);
  });
});
