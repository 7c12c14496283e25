/** `deliver --broker PROFILE`: TLS, the profile's own choices, and where its secrets do not turn up. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { BrokerConnection, ProfileForm } from '../../../electron/bridge/broker-profiles.ts';
import { EmbeddedBroker } from '../../../electron/amqp/embedded/embedded-broker.ts';
import { BrokerProfiles } from '../../../electron/host/broker-profiles.ts';
import { SecretStore } from '../../../electron/host/secrets.ts';
import type { SecretVault } from '../../../electron/host/secrets.ts';
import { CertificateAuthority } from '../../certificates.ts';
import { describeOnRabbitmq, newVhost, rabbitmq } from '../../rabbitmq/rabbitmq.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { deliverJson, runCli, samplePolicy } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');
const PASSWORD = 'correct-horse-battery-staple';

let home: string;
beforeEach(() => {
  home = temporaryFolder();
});

async function saveProfile(
  connection: Partial<BrokerConnection>,
  form: Partial<ProfileForm> = {},
  vault?: SecretVault,
): Promise<void> {
  const say = (sentence: string) => {
    throw new Error(sentence);
  };
  const profiles = new BrokerProfiles(home, await SecretStore.open(home, say, vault), say);
  await profiles.save({
    name: 'Lab',
    connection: { host: '127.0.0.1', port: 5672, username: 'anna', vhost: '/', ...connection },
    password: PASSWORD,
    confirms: 'broker',
    confirmTimeoutMs: 5_000,
    ...form,
  });
}

const deliver = (more: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  deliverJson([ROUTING, '--queue', 'amqp', '--broker', 'Lab', ...more], {
    KUMO_WORKBENCH_HOME: home,
    ...env,
  });

/** Everything that the workbench wrote, but for the file that is there for secrets. */
function writtenFiles(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'secrets.json')
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n');
}

async function embeddedTlsBroker() {
  const authority = await CertificateAuthority.create(temporaryFolder(), '/CN=Authority');
  const { certificate, key } = await authority.issue('server', {
    subject: '/CN=broker',
    names: 'IP:127.0.0.1',
  });
  const client = await authority.issue('client', {
    subject: '/CN=anna',
    passphrase: 'open-sesame-please',
  });
  const broker = new EmbeddedBroker({
    users: { anna: PASSWORD },
    tls: { certificate, key, clientAuthorities: authority.files.certificate },
  });
  onTestFinished(() => broker.close());
  const { tlsPort = 0, port } = await broker.listen();
  const tls = {
    caFile: authority.files.certificateFile,
    certificateFile: client.certificateFile,
    keyFile: client.keyFile,
  };
  return { broker, port, connection: { port: tlsPort, tls } };
}

describe('deliver to a profile', () => {
  it('goes over TLS with a client certificate, and tells no secret', async () => {
    const { broker, connection } = await embeddedTlsBroker();
    broker.declareQueue('logging');
    await saveProfile(connection, { keyPassphrase: 'open-sesame-please' });
    const profile = join(temporaryFolder(), 'run.cpuprofile');
    const run = await deliver(['--profile', profile]);
    expect(run.entries[0]).toMatchObject({
      broker: { profile: 'Lab', address: `amqps://anna@127.0.0.1:${connection.port}/%2F` },
    });
    expect(run.record).toMatchObject({ type: 'Delivery', response: { content: '250 ok' } });
    expect(broker.topology().queues).toMatchObject([{ name: 'logging', messages: 1 }]);
    const told = run.stdout + run.stderr + writtenFiles(home) + readFileSync(profile, 'utf8');
    for (const secret of [PASSWORD, 'open-sesame-please', 'PRIVATE KEY']) {
      expect(told).not.toContain(secret);
    }
  });

  it('tells no secret when the login is refused', async () => {
    const broker = new EmbeddedBroker({ users: { anna: 'another' } });
    onTestFinished(() => broker.close());
    const { port } = await broker.listen();
    await saveProfile({ port });
    const run = await deliver();
    expect(run.stdout).toContain('"cause":"login-refused"');
    expect(run.stdout + run.stderr + writtenFiles(home)).not.toContain(PASSWORD);
  });

  it('shows the script what the profile says, unless the command says otherwise', async () => {
    const broker = new EmbeddedBroker({ users: { anna: PASSWORD } });
    onTestFinished(() => broker.close());
    const { port } = await broker.listen();
    broker.declareQueue('logging');
    await saveProfile({ port }, { confirms: 'kumod' });
    expect((await deliver()).entries[0]).toMatchObject({ confirms: 'kumod' });
    expect((await deliver(['--confirms', 'broker'])).entries[0]).toMatchObject({
      confirms: 'broker',
    });
  });

  it('takes the password from the environment where the desktop application sealed it', async () => {
    const broker = new EmbeddedBroker({ users: { anna: PASSWORD } });
    onTestFinished(() => broker.close());
    const { port } = await broker.listen();
    broker.declareQueue('logging');
    const vault: SecretVault = {
      isAvailable: async () => true,
      seal: async (secret) => Buffer.from(secret).toString('hex'),
      unseal: async (sealed) => Buffer.from(sealed, 'hex').toString(),
    };
    await saveProfile({ port }, {}, vault);
    const args = ['deliver', ROUTING, '--queue', 'amqp', '--broker', 'Lab'];
    const locked = await runCli(args, '', { KUMO_WORKBENCH_HOME: home });
    expect(locked.status).toBe(1);
    expect(locked.stderr).toContain('KUMO_WORKBENCH_BROKER_PASSWORD');
    const run = await deliver([], { KUMO_WORKBENCH_BROKER_PASSWORD: PASSWORD });
    expect(run.record.type).toBe('Delivery');
  });

  it('says which certificate file is gone', async () => {
    const { connection } = await embeddedTlsBroker();
    const caFile = join(temporaryFolder(), 'ca.pem');
    writeFileSync(caFile, readFileSync(connection.tls.caFile));
    await saveProfile({ ...connection, tls: { caFile } });
    writeFileSync(caFile, '');
    const run = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--broker', 'Lab'], '', {
      KUMO_WORKBENCH_HOME: home,
    });
    expect(run.stderr).toContain(`The CA file ${caFile} is no PEM file`);
  });
});

describeOnRabbitmq('deliver to a profile of RabbitMQ over TLS', () => {
  it('reaches the broker, and tells that it dropped the message', async () => {
    const { tlsPort, certificate } = await rabbitmq();
    const { vhost, username, password } = await newVhost();
    const caFile = join(home, 'rabbitmq.pem');
    writeFileSync(caFile, certificate);
    await saveProfile({ port: tlsPort, vhost, username, tls: { caFile } }, { password });
    const run = await deliver();
    // Nothing is declared there: over TLS as well, the loss is told.
    expect(run.stdout).toContain('"verdict":"unroutable"');
    expect(run.entries[0]).toMatchObject({ broker: { profile: 'Lab' } });
  });
});
