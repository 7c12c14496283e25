/** A scenario in the form: its message, and the broker made as the scenario has it. */
import { declaredBeyond } from '../../amqp/topology/declarations.ts';
import type { Declarations } from '../../amqp/topology/declarations.ts';
import { defaultDialect, dialects } from '../../amqp/embedded/dialects.ts';
import { formatFault, parseFault } from '../../amqp/embedded/faults.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { CallOutput } from '../../bridge/contract.ts';
import { DEFAULT_CONFIRMS, EMBEDDED, parseBrokerUrl } from '../broker-profiles.ts';
import type { ConfirmPolicy, StoredProfile } from '../broker-profiles.ts';
import type { HostParts } from '../host-parts.ts';
import { declarationsOfScenario } from './scenario-declarations.ts';
import type { LoadedScenario } from './scenario-files.ts';
import { amountOf, formOfDelivery, queueNameOf } from './scenario-message.ts';
import type { ScenarioBroker } from './scenario-of.ts';

const NO_FAULT = 'none';
/** What is told of one by one. */
const MOST_DECLARED = 8;

/** What was changed and what could not be: the person is told of both. */
class Told {
  readonly changes: string[] = [];
  readonly problems: string[] = [];

  changed(what: string, is: string, was: string): void {
    this.changes.push(`${what} ${is} (was ${was})`);
  }

  /** What rejects with a BridgeError is a problem, and the rest goes on. @returns whether it was done */
  async try(change: () => Promise<void> | void): Promise<boolean> {
    try {
      await change();
      return true;
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      this.problems.push(error.message);
      return false;
    }
  }
}

/** Throws `refused` for a scenario that has no message. */
export async function openScenario(
  host: HostParts,
  { scenario, data, definitionsFile }: LoadedScenario,
): Promise<CallOutput<'scenarios.open'>> {
  const { deliver, resolve, engine, broker = {} } = scenario;
  const asked = deliver ?? resolve;
  if (!asked) {
    throw new BridgeError('refused', 'An event has no message; debug it with its arguments.');
  }
  const told = new Told();
  // To ask where a queue goes needs no broker.
  if (deliver) await restoreBroker(host, { ...broker, definitionsFile }, told);
  if (engine !== undefined && engine !== host.policySource().engine) {
    told.problems.push(
      `The scenario runs on the engine ${engine}, and the form on ${host.policySource().engine}; choose it in the settings.`,
    );
  }
  const form = formOfDelivery(
    deliver ?? { queue: queueNameOf(asked.queue) },
    new TextDecoder().decode(data),
  );
  if (told.changes.length > 0) host.events.emit('broker', host.brokerState());
  return { form, ...amountOf(deliver), changes: told.changes, problems: told.problems };
}

interface WantedBroker extends ScenarioBroker {
  /** Its `definitions`, from the root of the file system. */
  readonly definitionsFile: string | undefined;
}

async function restoreBroker(host: HostParts, broker: WantedBroker, told: Told): Promise<void> {
  const profile = wantedProfile(host, broker, told);
  if (!profile) return;
  if (!(await told.try(() => selectProfile(host, profile, told)))) return;
  await told.try(() => restoreConfirms(host, profile, broker, told));
  if (profile.kind === 'embedded') await restoreEmbedded(host, broker, told);
}

/** Undefined: there is none here; the person is told. */
function wantedProfile(
  { profiles, workspace }: HostParts,
  { url, profile: name }: ScenarioBroker,
  { problems }: Told,
): StoredProfile | undefined {
  const active = profiles.activeIn(workspace.root, workspace.trust).name;
  if (url !== undefined) {
    const { host, port, vhost, username } = parseBrokerUrl(url);
    const found = profiles
      .list()
      .find(
        (each) =>
          each.kind === 'broker' &&
          each.connection.host === host &&
          each.connection.port === port &&
          each.connection.vhost === vhost &&
          each.connection.username === username,
      );
    if (!found) {
      problems.push(
        `No broker profile here is ${url}, which the scenario names; deliveries go to ${active} as before. Add a profile for it under Brokers.`,
      );
    }
    return found;
  }
  const wanted = name ?? EMBEDDED;
  const found = profiles.list().find((each) => each.id === wanted || each.name === wanted);
  if (!found) {
    problems.push(
      `There is no broker profile called ${wanted} here; deliveries go to ${active} as before. Add it under Brokers.`,
    );
  }
  return found;
}

function selectProfile(host: HostParts, profile: StoredProfile, told: Told): void {
  const { profiles, workspace, presence } = host;
  const before = profiles.activeIn(workspace.root, workspace.trust);
  if (before.id === profile.id) return;
  profiles.select(workspace.root, workspace.trust, profile.id);
  presence.forget();
  host.reloadPolicy();
  told.changed('broker', profile.name, before.name);
}

/** A profile of the person's own has its own, unless the scenario says otherwise. */
function restoreConfirms(
  { profiles }: HostParts,
  profile: StoredProfile,
  { confirms, confirm_timeout_ms }: ScenarioBroker,
  told: Told,
): void {
  const usual: ConfirmPolicy = profile.kind === 'broker' ? profile : DEFAULT_CONFIRMS;
  const wanted: ConfirmPolicy = {
    confirms: confirms ?? usual.confirms,
    confirmTimeoutMs: confirm_timeout_ms ?? usual.confirmTimeoutMs,
  };
  if (wanted.confirms !== profile.confirms) {
    told.changed('the script sees', SEEN[wanted.confirms], SEEN[profile.confirms]);
  }
  if (wanted.confirmTimeoutMs !== profile.confirmTimeoutMs) {
    const limit = ({ confirmTimeoutMs }: ConfirmPolicy): string => `${confirmTimeoutMs} ms`;
    told.changed('confirms are awaited', limit(wanted), limit(profile));
  }
  profiles.configure(profile.id, wanted);
}

const SEEN: { readonly [confirms in ConfirmPolicy['confirms']]: string } = {
  broker: 'the broker’s verdict',
  kumod: 'NotRequested',
};

async function restoreEmbedded(
  { profiles, embedded }: HostParts,
  { declare, definitionsFile, fault: spec, dialect = defaultDialect }: WantedBroker,
  told: Told,
): Promise<void> {
  await told.try(async () => {
    const fault = spec === undefined ? undefined : formatFault(parseFault(spec));
    const before = embedded.fault;
    if (fault === before) return;
    await embedded.setFault(fault ?? '');
    told.changed('fault', fault ?? NO_FAULT, before ?? NO_FAULT);
  });
  await told.try(async () => {
    const before = profiles.dialect;
    if (dialect === before) return;
    profiles.setDialect(dialect);
    await embedded.setDialect(dialect);
    told.changed('dialect', dialects[dialect].title, dialects[before].title);
  });
  const before = embedded.declaredAt(Infinity);
  await told.try(async () => {
    if (definitionsFile !== undefined) await embedded.loadDefinitions(definitionsFile);
  });
  await told.try(async () => {
    if (declare !== undefined) await embedded.declare(declarationsOfScenario(declare));
  });
  told.changes.push(...declaredWords(declaredBeyond(embedded.declaredAt(Infinity), before)));
}

/** Each by its name, unless there are more than anybody reads. */
function declaredWords({ exchanges, queues, bindings }: Declarations): string[] {
  const words = [
    ...exchanges.map(({ name }) => `exchange ${name} declared`),
    ...queues.map(({ name }) => `queue ${name} declared`),
    ...bindings.map(({ source, destination }) => `${source} bound to ${destination}`),
  ];
  const more = words.length - MOST_DECLARED;
  return more > 0 ? [...words.slice(0, MOST_DECLARED), `${more} more declared`] : words;
}
