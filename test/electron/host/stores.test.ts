import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BrokerProfiles } from '../../../electron/host/broker-profiles.ts';
import { dataDirOf } from '../../../electron/host/data-dir.ts';
import { DebugSetups } from '../../../electron/host/debug-setup.ts';
import { RecentForms } from '../../../electron/host/recent-forms.ts';
import { SecretStore } from '../../../electron/host/secrets.ts';
import { SettingsStore } from '../../../electron/host/settings.ts';
import { TrustStore } from '../../../electron/host/trust.ts';
import { temporaryFolder } from './temporary-folder.ts';

const nothingBroken = (sentence: string) => {
  throw new Error(sentence);
};

describe('dataDirOf', () => {
  it.each([
    [{ KUMO_WORKBENCH_HOME: '/k', XDG_DATA_HOME: '/x' }, 'linux', '/k'],
    [{ XDG_DATA_HOME: '/x' }, 'linux', '/x/kumo-workbench'],
    [{}, 'linux', '/home/a/.local/share/kumo-workbench'],
    [{}, 'darwin', '/home/a/Library/Application Support/kumo-workbench'],
  ] as const)('of %j on %s is %s', (env, platform, expected) => {
    expect(dataDirOf({ env, platform, home: '/home/a' })).toBe(expected);
  });
});

describe('SettingsStore', () => {
  it('keeps settings over a restart, the environment by folder', () => {
    const dataDir = temporaryFolder();
    new SettingsStore(dataDir, nothingBroken).set('/a', {
      engine: 'fengari',
      environment: { X: '1' },
    });
    const again = new SettingsStore(dataDir, nothingBroken);
    expect(again.get('/a')).toMatchObject({ engine: 'fengari', environment: { X: '1' } });
    expect(again.get('/b')).toMatchObject({ engine: 'fengari', environment: {} });
  });

  it('keeps a broken file aside, says so and goes on with the defaults', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'settings.json'), '{"engine": ');
    const said: string[] = [];
    const settings = new SettingsStore(dataDir, (sentence) => said.push(sentence));
    expect(settings.get('/a').engine).toBe('lua54');
    expect(said).toHaveLength(1);
    const aside = readdirSync(dataDir).find((name) => name.startsWith('settings.json.broken-'));
    expect(readFileSync(join(dataDir, aside ?? ''), 'utf8')).toBe('{"engine": ');
  });
});

describe('TrustStore', () => {
  it('restricts a folder until it is trusted, and again when trust is taken away', () => {
    const dataDir = temporaryFolder();
    const trust = new TrustStore(dataDir, nothingBroken);
    expect(trust.of('/a')).toBe('restricted');
    trust.set('/a', 'trusted');
    expect(new TrustStore(dataDir, nothingBroken).of('/a')).toBe('trusted');
    expect(trust.of('/a/b')).toBe('restricted');
    trust.set('/a', 'restricted');
    expect(new TrustStore(dataDir, nothingBroken).of('/a')).toBe('restricted');
  });
});

describe('RecentForms', () => {
  it('keeps the newest first and none twice', () => {
    const forms = new RecentForms(temporaryFolder(), nothingBroken);
    const form = (queue: string) => ({
      queue,
      sender: '',
      recipient: '',
      meta: {},
      headers: '',
      body: '',
    });
    for (const queue of ['a', 'b', 'a']) forms.add('/w', form(queue));
    expect(forms.of('/w').map(({ queue }) => queue)).toEqual(['a', 'b']);
  });
});

describe('DebugSetups', () => {
  it('keeps breakpoints and watches over a restart, by folder', () => {
    const dataDir = temporaryFolder();
    const setup = {
      lines: [{ file: 'init.lua', line: 16, enabled: true, condition: "domain == 'amqp'" }],
      functions: [{ name: 'sender:send', enabled: false }],
      events: [{ event: 'host-call' as const, enabled: true, only: 'amqp.publish' }],
      watches: ["message:get_meta 'tenant'"],
    };
    new DebugSetups(dataDir, nothingBroken).set('/a', setup);
    const again = new DebugSetups(dataDir, nothingBroken);
    expect(again.of('/a')).toEqual(setup);
    expect(again.of('/b').lines).toEqual([]);
  });

  it('stops at a silent loss in a folder where nothing was set up', () => {
    const { events } = new DebugSetups(temporaryFolder(), nothingBroken).of('/a');
    expect(events).toEqual([{ event: 'silent-loss', enabled: true }]);
  });
});

describe('BrokerProfiles', () => {
  function newProfiles(dataDir = temporaryFolder()) {
    return {
      dataDir,
      profiles: new BrokerProfiles(dataDir, new SecretStore(dataDir, nothingBroken), nothingBroken),
    };
  }
  const confirms = { confirms: 'broker', confirmTimeoutMs: 5_000 } as const;

  it('keeps the password out of brokers.json and in a file for this user only', () => {
    const { profiles, dataDir } = newProfiles();
    const url = 'amqps://anna:s%40crt@mq.example:5671/prod?heartbeat=5';
    const id = profiles.save({ name: 'Production', url, ...confirms });
    const stored = readFileSync(join(dataDir, 'brokers.json'), 'utf8');
    expect(stored).toContain('amqps://anna@mq.example:5671/prod?heartbeat=5');
    expect(stored).not.toContain('s%40crt');
    expect(stored).not.toContain('s@crt');
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    const profile = newProfiles(dataDir).profiles.get(id);
    if (profile.kind !== 'url') throw new Error('not a URL profile');
    expect(profiles.addressOf(profile)).toMatchObject({
      username: 'anna',
      password: 's@crt',
      vhost: 'prod',
    });
  });

  it('keeps the password when the same place is saved without one, and forgets it for another', () => {
    const { profiles } = newProfiles();
    const id = profiles.save({ name: 'A', url: 'amqp://u:pw@one.example', ...confirms });
    const password = () => {
      const profile = profiles.get(id);
      return profile.kind === 'url' ? profiles.addressOf(profile).password : undefined;
    };
    profiles.save({ id, name: 'B', url: 'amqp://u@one.example', ...confirms });
    expect(password()).toBe('pw');
    profiles.save({ id, name: 'B', url: 'amqp://u@two.example', ...confirms });
    expect(password()).toBe('guest');
  });

  it('refuses a real broker in a restricted folder with a sentence on trust', () => {
    const { profiles } = newProfiles();
    const id = profiles.save({ name: 'A', url: 'amqp://one.example', ...confirms });
    expect(() => profiles.select('/w', 'restricted', id)).toThrow(/trust the folder first/);
    expect(() => profiles.select('/w', 'restricted', 'as-written')).toThrow(
      /trust the folder first/,
    );
    profiles.select('/w', 'trusted', id);
    expect(profiles.activeIn('/w', 'trusted').id).toBe(id);
    expect(profiles.activeIn('/w', 'restricted').id).toBe('embedded');
  });

  it('falls back to the embedded broker when the active profile is removed', () => {
    const { profiles } = newProfiles();
    const id = profiles.save({ name: 'A', url: 'amqp://one.example', ...confirms });
    profiles.select('/w', 'trusted', id);
    profiles.remove(id);
    expect(profiles.activeIn('/w', 'trusted').id).toBe('embedded');
  });

  it('refuses a URL that is none with what to write', () => {
    const { profiles, dataDir } = newProfiles();
    expect(() => profiles.save({ name: 'A', url: 'http://x', ...confirms })).toThrow(/amqp:\/\//);
    expect(existsSync(join(dataDir, 'brokers.json'))).toBe(false);
  });
});
