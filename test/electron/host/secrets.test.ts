import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SecretStore } from '../../../electron/host/secrets.ts';
import type { SecretVault } from '../../../electron/host/secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

const nothingBroken = (sentence: string) => {
  throw new Error(sentence);
};

/** Seals as a keyring does, as far as can be seen from outside: only the same one opens it again. */
function keyring(name: string, isAvailable = true): SecretVault {
  const turned = (text: string) => Buffer.from(text).reverse().toString();
  const seal = (secret: string) => Buffer.from(`${name}:${turned(secret)}`).toString('base64');
  return {
    isAvailable: async () => isAvailable,
    seal: async (secret) => seal(secret),
    unseal: async (sealed) => {
      const [by, secret = ''] = Buffer.from(sealed, 'base64').toString().split(':');
      if (by !== name) throw new Error('sealed by another');
      return turned(secret);
    },
  };
}

const fileOf = (dataDir: string) => readFileSync(join(dataDir, 'secrets.json'), 'utf8');

describe('SecretStore', () => {
  it('keeps secrets in a file for this user alone where there is no system store', async () => {
    const dataDir = temporaryFolder();
    const store = await SecretStore.open(dataDir, nothingBroken);
    await store.set('a', 'secret');
    expect(store.place).toBe('file');
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    const again = await SecretStore.open(dataDir, nothingBroken);
    expect([again.get('a'), again.placeOf('a'), again.placeOf('b')]).toEqual([
      'secret',
      'file',
      undefined,
    ]);
  });

  it('has them sealed where there is one, and opens them the next time', async () => {
    const dataDir = temporaryFolder();
    const store = await SecretStore.open(dataDir, nothingBroken, keyring('kwallet'));
    await store.set('a', 'secret');
    expect(store.place).toBe('system');
    expect(fileOf(dataDir)).not.toContain('secret');
    const again = await SecretStore.open(dataDir, nothingBroken, keyring('kwallet'));
    expect([again.get('a'), again.placeOf('a')]).toEqual(['secret', 'system']);
  });

  it('takes the file where the system has a store that is not available', async () => {
    const store = await SecretStore.open(temporaryFolder(), nothingBroken, keyring('none', false));
    expect(store.place).toBe('file');
  });

  it.each([
    ['a shell without the system store', undefined],
    ['another session', keyring('another')],
  ])('calls what was sealed locked in %s, and keeps it', async (_where, vault) => {
    const dataDir = temporaryFolder();
    const sealing = await SecretStore.open(dataDir, nothingBroken, keyring('mine'));
    await sealing.set('a', 'secret');
    const other = await SecretStore.open(dataDir, nothingBroken, vault);
    expect([other.get('a'), other.placeOf('a')]).toEqual([undefined, 'locked']);
    await other.set('b', 'another');
    const back = await SecretStore.open(dataDir, nothingBroken, keyring('mine'));
    expect(back.get('a')).toBe('secret');
  });

  it('forgets a secret that is removed', async () => {
    const dataDir = temporaryFolder();
    const store = await SecretStore.open(dataDir, nothingBroken, keyring('mine'));
    await store.set('a', 'secret');
    store.remove('a');
    expect([store.get('a'), store.placeOf('a')]).toEqual([undefined, undefined]);
    expect(JSON.parse(fileOf(dataDir))).toEqual({});
  });
});
