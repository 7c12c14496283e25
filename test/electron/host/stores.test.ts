import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDirOf } from '../../../electron/host/data-dir.ts';
import { DebugSetups } from '../../../electron/host/debug-setup.ts';
import { RecentForms } from '../../../electron/host/recent-forms.ts';
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

  it('stops at silent losses and uncaught errors in a folder where nothing was set up', () => {
    const { events } = new DebugSetups(temporaryFolder(), nothingBroken).of('/a');
    expect(events).toEqual([
      { event: 'silent-loss', enabled: true },
      { event: 'uncaught', enabled: true },
    ]);
  });
});
