import type { JsonValue } from '../../recording/entries.ts';
import { MOST_ATTEMPTS } from '../../kumod/runtime-contract.ts';
import type { DebugLaunch } from '../debug-target.ts';
import { pathOfUri } from './source-paths.ts';
import { RequestProblem } from './request-problem.ts';

export interface ReadLaunch {
  readonly launch: DebugLaunch;
  /** Run, but stop nowhere. */
  readonly noDebug: boolean;
  /** What is said about arguments that nobody knows. */
  readonly remarks: readonly string[];
}

/** What `stopOnEnd` means when it is absent. */
export interface LaunchDefaults {
  readonly stopOnEnd: boolean;
}

type Arguments = { readonly [name: string]: unknown };

const OWN_ARGUMENTS: readonly string[] = [
  ...['program', 'queue', 'data', 'sender', 'recipient', 'meta', 'id', 'numAttempts', 'count'],
  ...['event', 'args'],
  ...[
    'recording',
    'broker',
    'fault',
    'dialect',
    'engine',
    'kumomta',
    'stopOnEntry',
    'stopOnEnd',
    'noDebug',
  ],
];

/** Of the client itself, in every launch.json; those with two underscores in front are too. */
const CLIENT_ARGUMENTS: readonly string[] = [
  ...['type', 'request', 'name', 'presentation', 'preLaunchTask', 'postDebugTask', 'cwd', 'env'],
  ...[
    'internalConsoleOptions',
    'debugServer',
    'serverReadyAction',
    'suppressMultipleSessionWarning',
  ],
  ...['linux', 'osx', 'windows', 'console', 'timeout', 'restart', 'trace'],
];

/** Which arguments belong to which kind of run. */
const ONLY_WITH_QUEUE = [
  ...['data', 'sender', 'recipient', 'meta', 'id', 'numAttempts', 'count'],
] as const;

const MOST_MESSAGES = 10_000_000;

/** Throws RequestProblem: a sentence that names the argument and says what it must be. */
export function readLaunchArguments(args: Arguments, defaults: LaunchDefaults): ReadLaunch {
  const program = path(args, 'program');
  if (program === undefined || program === '') {
    throw new RequestProblem(
      'The launch needs `program`: a .lua file, or a folder that holds init.lua.',
    );
  }
  const noDebug = flag(args, 'noDebug') ?? false;
  const engine = choice(args, 'engine', ['lua54', 'fengari']);
  const broker = text(args, 'broker');
  const fault = text(args, 'fault');
  const dialect = text(args, 'dialect');
  const kumomta = release(args);
  const launch: DebugLaunch = {
    program,
    ...whatRuns(args),
    ...(engine === undefined ? {} : { engine }),
    ...(broker === undefined ? {} : { broker }),
    ...(fault === undefined ? {} : { fault }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(kumomta === undefined ? {} : { kumomta }),
    stopOnEntry: !noDebug && (flag(args, 'stopOnEntry') ?? false),
    stopOnEnd: !noDebug && (flag(args, 'stopOnEnd') ?? defaults.stopOnEnd),
  };
  return { launch, noDebug, remarks: remarksOn(args) };
}

function whatRuns(args: Arguments): Pick<DebugLaunch, 'delivery' | 'event' | 'recording'> {
  const queue = text(args, 'queue');
  const event = text(args, 'event');
  const recording = path(args, 'recording');
  const given = { queue, event, recording };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const [first, second] = named.map(([name]) => name);
  if (first === undefined) {
    throw new RequestProblem(
      'The launch needs one of `queue` (to deliver messages), `event` (to fire a handler) and `recording` (to look at a finished run).',
    );
  }
  if (second !== undefined) {
    throw new RequestProblem(
      `The launch has \`${first}\` and \`${second}\`; only one of them says what is run.`,
    );
  }
  if (queue === undefined) {
    const stray = ONLY_WITH_QUEUE.find((name) => args[name] !== undefined);
    if (stray !== undefined) {
      throw new RequestProblem(`\`${stray}\` belongs to a delivery: it needs \`queue\`.`);
    }
  }
  if (event === undefined && args['args'] !== undefined) {
    throw new RequestProblem('`args` are those of a handler: they need `event`.');
  }
  if (queue !== undefined) return { delivery: deliveryOf(args, queue) };
  if (event !== undefined) return { event: { name: filled('event', event), args: values(args) } };
  return { recording: filled('recording', recording ?? '') };
}

function deliveryOf(args: Arguments, queue: string): NonNullable<DebugLaunch['delivery']> {
  const data = path(args, 'data');
  const sender = text(args, 'sender');
  const recipient = text(args, 'recipient');
  const meta = metadata(args);
  const id = text(args, 'id');
  const numAttempts = wholeNumber(args, 'numAttempts', 0, MOST_ATTEMPTS);
  const count = wholeNumber(args, 'count', 1, MOST_MESSAGES);
  return {
    queue: filled('queue', queue),
    ...(data === undefined ? {} : { data }),
    ...(sender === undefined ? {} : { sender }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(meta === undefined ? {} : { meta }),
    ...(id === undefined ? {} : { id }),
    ...(numAttempts === undefined ? {} : { numAttempts }),
    ...(count === undefined ? {} : { count }),
  };
}

function wholeNumber(
  args: Arguments,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new RequestProblem(`\`${name}\` must be a whole number from ${least} to ${most}.`);
}

function text(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new RequestProblem(`\`${name}\` must be a text.`);
  return value;
}

function path(args: Arguments, name: string): string | undefined {
  const value = text(args, name);
  return value === undefined ? undefined : pathOfUri(value);
}

function filled(name: string, value: string): string {
  if (value !== '') return value;
  throw new RequestProblem(`\`${name}\` is empty; leave it out or say which.`);
}

function flag(args: Arguments, name: string): boolean | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw new RequestProblem(`\`${name}\` must be true or false.`);
  return value;
}

function choice<T extends string>(
  args: Arguments,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = text(args, name);
  if (value === undefined) return undefined;
  const found = choices.find((candidate) => candidate === value);
  if (!found) throw new RequestProblem(`\`${name}\` must be one of ${choices.join(', ')}.`);
  return found;
}

/** KumoMTA's releases are named by their date: `2026.06.09-7a4ce074`, here also without the commit. */
function release(args: Arguments): string | undefined {
  const value = text(args, 'kumomta');
  if (value === undefined || /^\d{4}\.\d{2}\.\d{2}(-[0-9a-f]+)?$/.test(value)) return value;
  throw new RequestProblem('`kumomta` must be a release of KumoMTA, e.g. 2026.06.09-7a4ce074.');
}

function metadata(args: Arguments): { readonly [name: string]: JsonValue } | undefined {
  const value = args['meta'];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new RequestProblem('`meta` must be an object of names and values.');
  }
  return value as { readonly [name: string]: JsonValue };
}

function values(args: Arguments): readonly JsonValue[] {
  const value = args['args'];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new RequestProblem('`args` must be a list of values.');
  return value as readonly JsonValue[];
}

function remarksOn(args: Arguments): readonly string[] {
  return Object.keys(args)
    .filter((name) => !name.startsWith('__'))
    .filter((name) => !OWN_ARGUMENTS.includes(name) && !CLIENT_ARGUMENTS.includes(name))
    .map(
      (name) => `The launch has \`${name}\`, which the debugger does not know; it has no effect.`,
    );
}
