/**
 * A private RabbitMQ node: its own directories, cookie, epmd and ports, all on loopback, gone without
 * a trace when it is stopped. Works as root and as an ordinary user.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { probeHandshake } from '../../electron/amqp/client/handshake-probe.ts';
import { testBroker } from '../../electron/amqp/client/test-broker.ts';
import type { BrokerAddress } from '../../electron/amqp/client-contract.ts';
import { definitions, OWNER, preparedVhosts } from './definitions.ts';
import { findRabbitmq } from './installation.ts';
import type { Command, RabbitmqInstallation } from './installation.ts';

/** Everything another process needs to use the node; plain JSON. */
export interface RabbitmqNodeInfo {
  /** As it names itself, such as 3.10.8. */
  readonly version: string;
  readonly port: number;
  readonly tlsPort: number;
  /** Of the management API, HTTP. */
  readonly managementPort: number;
  /** The same over TLS, with the node's certificate. */
  readonly managementTlsPort: number;
  /** The node's self-signed certificate, PEM. */
  readonly certificate: string;
  readonly vhosts: readonly string[];
  readonly serverPid: number;
  readonly ctl: Command;
  readonly nodeName: string;
  readonly environment: { readonly [name: string]: string };
}

export interface RabbitmqNode extends RabbitmqNodeInfo {
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const ATTEMPTS = 3;

/** Starts a node with that many empty vhosts; ready when it answers an AMQP handshake (about 6 s). */
export async function startRabbitmqNode(vhostCount: number): Promise<RabbitmqNode> {
  const installation = findRabbitmq();
  if ('missing' in installation) {
    throw new Error(installation.missing);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(installation, preparedVhosts(vhostCount));
    } catch (error) {
      // The ports were free a moment ago; somebody else may have taken one since.
      if (attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** Runs rabbitmqctl against a node (about a second). */
export async function rabbitmqctl(node: RabbitmqNodeInfo, ...args: string[]): Promise<string> {
  const [program, ...before] = node.ctl;
  const all = [...before, '-n', node.nodeName, '-q', ...args];
  const { stdout } = await promisify(execFile)(program, all, { env: node.environment });
  return stdout;
}

async function startOnce(
  installation: RabbitmqInstallation,
  vhosts: readonly string[],
): Promise<RabbitmqNode> {
  const { root } = installation;
  const temporary = root === '/' ? tmpdir() : join(root, 'tmp');
  const folder = await mkdtemp(join(temporary, 'rabbitmq-test-'));
  /** The folder as the node sees it. */
  const seen = join('/', relative(root, folder));
  const processes: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    // Nothing on this node is worth an orderly shutdown.
    await Promise.all(processes.map(killGroup));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [port, tlsPort, distributionPort, epmdPort, managementPort, managementTlsPort] =
      await freePorts();
    const ports = { port, tlsPort, managementPort, managementTlsPort };
    const certificate = await writeConfiguration({ folder, seen }, ports, vhosts);
    const nodeName = `kumo-test-${port}@localhost`;
    const environment = {
      HOME: seen,
      PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      RABBITMQ_CONF_ENV_FILE: join(seen, 'empty.conf'),
      RABBITMQ_NODENAME: nodeName,
      RABBITMQ_DIST_PORT: String(distributionPort),
      ERL_EPMD_PORT: String(epmdPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_MNESIA_BASE: join(seen, 'mnesia'),
      RABBITMQ_LOG_BASE: join(seen, 'log'),
      RABBITMQ_CONFIG_FILE: join(seen, 'rabbitmq.conf'),
      RABBITMQ_ADVANCED_CONFIG_FILE: join(seen, 'advanced.config'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(seen, 'enabled_plugins'),
      RABBITMQ_PID_FILE: join(seen, 'server.pid'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    };
    // Started by the node itself, epmd would listen on every interface and outlive the node.
    processes.push(start(installation.epmd, ['-port', String(epmdPort)], environment));
    const server = start(installation.server, [], environment);
    processes.push(server);
    const address = { host: '127.0.0.1', port, ...OWNER, vhost: '/' };
    await untilReady(address, server);
    return {
      version: (await testBroker(address)).broker?.version ?? 'unknown',
      port,
      tlsPort,
      managementPort,
      managementTlsPort,
      certificate,
      vhosts,
      serverPid: Number(await readFile(join(folder, 'server.pid'), 'utf8')),
      ctl: installation.ctl,
      nodeName,
      environment,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeConfiguration(
  { folder, seen }: { readonly folder: string; readonly seen: string },
  {
    port,
    tlsPort,
    managementPort,
    managementTlsPort,
  }: Pick<RabbitmqNodeInfo, 'port' | 'tlsPort' | 'managementPort' | 'managementTlsPort'>,
  vhosts: readonly string[],
): Promise<string> {
  const file = (name: string): string => join(folder, name);
  const ofNode = (name: string): string => join(seen, name);
  await mkdir(file('mnesia'));
  await mkdir(file('log'));
  await promisify(execFile)('openssl', [
    ...'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'.split(' '),
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', file('key.pem'), '-out', file('certificate.pem')],
  ]);
  const settings = {
    'listeners.tcp.1': `127.0.0.1:${port}`,
    'listeners.ssl.1': `127.0.0.1:${tlsPort}`,
    'ssl_options.cacertfile': ofNode('certificate.pem'),
    'ssl_options.certfile': ofNode('certificate.pem'),
    'ssl_options.keyfile': ofNode('key.pem'),
    'ssl_options.verify': 'verify_none',
    'ssl_options.fail_if_no_peer_cert': 'false',
    'management.tcp.ip': '127.0.0.1',
    'management.tcp.port': String(managementPort),
    'management.ssl.ip': '127.0.0.1',
    'management.ssl.port': String(managementTlsPort),
    'management.ssl.cacertfile': ofNode('certificate.pem'),
    'management.ssl.certfile': ofNode('certificate.pem'),
    'management.ssl.keyfile': ofNode('key.pem'),
    // Else depths are five seconds old.
    collect_statistics_interval: '500',
    load_definitions: ofNode('definitions.json'),
    max_message_size: '1000000',
    'log.file.level': 'error',
  };
  await writeFile(
    file('rabbitmq.conf'),
    Object.entries(settings)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  );
  await writeFile(file('definitions.json'), definitions(vhosts));
  await writeFile(file('enabled_plugins'), '[rabbitmq_management].\n');
  await writeFile(file('empty.conf'), '');
  return readFile(file('certificate.pem'), 'utf8');
}

function start(
  [program, ...before]: Command,
  args: readonly string[],
  environment: { readonly [name: string]: string },
): ChildProcess {
  // Its own process group, so that everything that it starts can be ended with it.
  return spawn(program, [...before, ...args], {
    env: environment,
    detached: true,
    stdio: 'ignore',
  });
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) {
    return;
  }
  const gone = child.exitCode !== null || child.signalCode !== null;
  const exit = gone ? undefined : new Promise((resolve) => child.once('exit', resolve));
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left of the group.
  }
  await exit;
}

async function untilReady(address: BrokerAddress, server: ChildProcess): Promise<void> {
  await until(async () => {
    if (server.exitCode !== null) {
      throw new Error(`rabbitmq-server ended with status ${server.exitCode}`);
    }
    return (await probeHandshake(address, 2_000)).kind === 'opened';
  }, START_LIMIT_MS);
}

async function until(condition: () => Promise<boolean>, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`not within ${limitMs} ms`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePorts(): Promise<[number, number, number, number, number, number]> {
  const listen = async (): Promise<{ port: number; close: () => Promise<void> }> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
  };
  const listeners = [
    await listen(),
    await listen(),
    await listen(),
    await listen(),
    await listen(),
    await listen(),
  ] as const;
  await Promise.all(listeners.map(({ close }) => close()));
  const [a, b, c, d, e, f] = listeners;
  return [a.port, b.port, c.port, d.port, e.port, f.port];
}
