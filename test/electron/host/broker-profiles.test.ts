import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BrokerConnection, ProfileForm } from '../../../electron/bridge/broker-profiles.ts';
import { BrokerProfiles } from '../../../electron/host/broker-profiles.ts';
import type { OwnProfile } from '../../../electron/host/broker-profiles.ts';
import { SecretStore } from '../../../electron/host/secrets.ts';
import { CertificateAuthority } from '../../certificates.ts';
import { temporaryFolder } from './temporary-folder.ts';

const nothingBroken = (sentence: string) => {
  throw new Error(sentence);
};

async function newProfiles(dataDir = temporaryFolder()) {
  const secrets = await SecretStore.open(dataDir, nothingBroken);
  return { dataDir, profiles: new BrokerProfiles(dataDir, secrets, nothingBroken) };
}

function form(change: Partial<ProfileForm> = {}, connection: Partial<BrokerConnection> = {}) {
  return {
    name: 'Production',
    connection: { host: 'mq.example', port: 5672, username: 'anna', vhost: 'prod', ...connection },
    confirms: 'broker',
    confirmTimeoutMs: 5_000,
    ...change,
  } satisfies ProfileForm;
}

function own(profiles: BrokerProfiles, id: string): OwnProfile {
  const profile = profiles.get(id);
  if (profile.kind !== 'broker') throw new Error('not one of the person');
  return profile;
}

describe('BrokerProfiles', () => {
  it('keeps the password out of brokers.json, and has it after a restart', async () => {
    const { profiles, dataDir } = await newProfiles();
    const id = await profiles.save(form({ password: 's@crt' }, { heartbeatSeconds: 5 }));
    expect(readFileSync(join(dataDir, 'brokers.json'), 'utf8')).not.toContain('s@crt');
    const again = (await newProfiles(dataDir)).profiles;
    expect(again.addressOf(own(again, id))).toEqual({
      host: 'mq.example',
      port: 5672,
      username: 'anna',
      password: 's@crt',
      vhost: 'prod',
      heartbeatSeconds: 5,
    });
  });

  it('keeps the password when the same place is saved without one, and forgets it for another', async () => {
    const { profiles } = await newProfiles();
    const id = await profiles.save(form({ password: 'pw' }));
    const password = () => profiles.addressOf(own(profiles, id)).password;
    await profiles.save(form({ id, name: 'Renamed' }));
    expect(password()).toBe('pw');
    await profiles.save(form({ id }, { host: 'elsewhere.example' }));
    expect([password(), profiles.passwordPlace(id)]).toEqual(['guest', undefined]);
  });

  it('reads profiles that were kept as URLs', async () => {
    const dataDir = temporaryFolder();
    const url = 'amqps://anna@mq.example/prod?heartbeat=5&server_name_indication=mq';
    const profile = { id: 'p', name: 'Old', url, confirms: 'broker', confirmTimeoutMs: 5_000 };
    const file = { profiles: [profile], builtIn: {}, active: {} };
    writeFileSync(join(dataDir, 'brokers.json'), JSON.stringify(file));
    const { profiles } = await newProfiles(dataDir);
    expect(own(profiles, 'p').connection).toEqual({
      host: 'mq.example',
      port: 5671,
      username: 'anna',
      vhost: 'prod',
      heartbeatSeconds: 5,
      tls: { serverName: 'mq' },
    });
  });

  it('refuses a real broker in a restricted folder with a sentence on trust', async () => {
    const { profiles } = await newProfiles();
    const id = await profiles.save(form());
    for (const refused of [id, 'as-written']) {
      expect(() => profiles.select('/w', 'restricted', refused)).toThrow(/trust the folder first/);
    }
    profiles.select('/w', 'trusted', id);
    expect(profiles.activeIn('/w', 'trusted').id).toBe(id);
    expect(profiles.activeIn('/w', 'restricted').id).toBe('embedded');
  });

  it('falls back to the embedded broker when the active profile is removed', async () => {
    const { profiles, dataDir } = await newProfiles();
    const id = await profiles.save(form({ password: 'pw' }));
    profiles.select('/w', 'trusted', id);
    profiles.remove(id);
    expect(profiles.activeIn('/w', 'trusted').id).toBe('embedded');
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).not.toContain('pw');
  });

  it.each([
    ['a name that is taken', form({ name: 'Embedded broker' }), /give another name/],
    [
      'a management URL that is none',
      form({}, { managementUrl: 'localhost:15672' }),
      /http:\/\/host:15672/,
    ],
    [
      'a management URL with a password',
      form({}, { managementUrl: 'http://u:p@h' }),
      /those of the profile are used/,
    ],
    [
      'a certificate without its key',
      form({}, { tls: { certificateFile: '/c.pem' } }),
      /go together/,
    ],
    ['a CA file that is not there', form({}, { tls: { caFile: '/no/ca.pem' } }), /ENOENT/],
    ['a relative path', form({}, { tls: { caFile: 'ca.pem' } }), /full path/],
    ['a file that is no PEM', form({}, { tls: { caFile: import.meta.filename } }), /no PEM file/],
  ])('refuses %s and changes nothing', async (_what, refused, sentence) => {
    const { profiles, dataDir } = await newProfiles();
    await expect(profiles.save(refused)).rejects.toThrow(sentence);
    expect(existsSync(join(dataDir, 'brokers.json'))).toBe(false);
  });

  it('opens the key with its passphrase, and says when that is missing or wrong', async () => {
    const authority = await CertificateAuthority.create(temporaryFolder(), '/CN=Authority');
    const { certificateFile, keyFile } = await authority.issue('client', {
      subject: '/CN=anna',
      passphrase: 'open sesame',
    });
    const { profiles, dataDir } = await newProfiles();
    const tls = { caFile: authority.files.certificateFile, certificateFile, keyFile };
    const closed = /passphrase is missing or wrong/;
    await expect(profiles.save(form({}, { tls }))).rejects.toThrow(closed);
    await expect(profiles.save(form({ keyPassphrase: 'no' }, { tls }))).rejects.toThrow(closed);
    const id = await profiles.save(form({ keyPassphrase: 'open sesame' }, { tls }));
    expect(profiles.addressOf(own(profiles, id)).tls?.passphrase).toBe('open sesame');
    expect(readFileSync(join(dataDir, 'brokers.json'), 'utf8')).not.toContain('sesame');
  });

  it('says when a key belongs to another certificate', async () => {
    const authority = await CertificateAuthority.create(temporaryFolder(), '/CN=Authority');
    const [one, other] = [
      await authority.issue('one', { subject: '/CN=one' }),
      await authority.issue('other', { subject: '/CN=other' }),
    ];
    const { profiles } = await newProfiles();
    const tls = { certificateFile: one.certificateFile, keyFile: other.keyFile };
    await expect(profiles.save(form({}, { tls }))).rejects.toThrow(/does not belong/);
  });
});
