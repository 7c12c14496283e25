/** What the window's picker and the help texts say of each fault and of each condition. */

export interface FaultChoice {
  /** As on the command line; what follows the colon is a placeholder. */
  readonly spec: string;
  readonly title: string;
  readonly explanation: string;
  /** What follows the colon, when something does. */
  readonly parameter?: { readonly name: string; readonly example: string };
}

/** Every fault, in the order a person meets them: first what happens to a message. */
export const faultChoices: readonly FaultChoice[] = [
  {
    spec: 'nack',
    title: 'Nack',
    explanation: 'The broker refuses every message with basic.nack and keeps none.',
  },
  {
    spec: 'unroutable',
    title: 'Unroutable',
    explanation:
      'No message finds a queue: it is returned with 312 NO_ROUTE when published as mandatory, ' +
      'then acknowledged, and it is gone.',
  },
  {
    spec: 'silent',
    title: 'No confirm',
    explanation: 'The broker keeps the messages and never confirms them.',
  },
  {
    spec: 'delay:MS',
    title: 'Slow confirm',
    explanation: 'The broker keeps the messages and confirms each this much later.',
    parameter: { name: 'Milliseconds', example: '500' },
  },
  {
    spec: 'reset',
    title: 'Connection reset',
    explanation: 'The TCP connection is reset upon a publish, before any confirm.',
  },
  {
    spec: 'block',
    title: 'Blocked',
    explanation:
      'The broker reports that it is low on memory (connection.blocked) and takes no publish until the fault is lifted.',
  },
  {
    spec: 'close-channel:CODE',
    title: 'Channel closed',
    explanation: 'The broker closes the channel with this reply code upon a publish.',
    parameter: { name: 'Reply code', example: '404' },
  },
  {
    spec: 'close-connection:CODE',
    title: 'Connection closed',
    explanation: 'The broker closes the connection with this reply code upon a publish.',
    parameter: { name: 'Reply code', example: '320' },
  },
  {
    spec: 'refuse',
    title: 'Connection refused',
    explanation: 'The broker drops all connections and does not listen until the fault is lifted.',
  },
  {
    spec: 'auth',
    title: 'Login refused',
    explanation: 'Every new connection is refused with 403 ACCESS_REFUSED, whatever its password.',
  },
  {
    spec: 'vhost',
    title: 'Virtual host missing',
    explanation:
      'Every new connection is refused with 530 NOT_ALLOWED, as if its virtual host were not there.',
  },
];

export interface FaultConditionChoice {
  /** As behind the `@`; what follows the equals sign is a placeholder. */
  readonly spec: string;
  readonly explanation: string;
}

/** Every condition that a fault may have. */
export const faultConditionChoices: readonly FaultConditionChoice[] = [
  {
    spec: 'n=N',
    explanation: 'only the Nth message (n=3), a range (n=3..5) or all from one on (n=3..)',
  },
  { spec: 'every=N', explanation: 'every Nth message' },
  {
    spec: 'key=PATTERN',
    explanation:
      'only this routing key; * stands for one word and # for any, as in a topic binding',
  },
  { spec: 'exchange=NAME', explanation: 'only messages published to this exchange' },
  { spec: 'p=SHARE', explanation: 'with this probability, from 0 to 1' },
  {
    spec: 'seed=N',
    explanation: 'which random numbers p draws (default 1): the same ones each run',
  },
  { spec: 'after=TIME', explanation: 'not before this time has gone by, as in 500ms, 2s or 1m' },
  { spec: 'for=TIME', explanation: 'only for so long, counted from its start' },
];

/** The grammar of `--fault`, for help texts: two columns. */
export function faultHelp(): string {
  const faults = faultChoices.map(({ spec }) => spec);
  const width = Math.max(...faultConditionChoices.map(({ spec }) => spec.length)) + 2;
  const conditions = faultConditionChoices.map(
    ({ spec, explanation }) => `  ${spec.padEnd(width)}${explanation}`,
  );
  return [
    'A FAULT is one of',
    ...wrapped(faults),
    'with conditions behind an @, separated by commas, all of which must hold:',
    ...conditions,
    'Several faults are joined by +, and the first that applies to a message is the one it meets;',
    'a delay comes on top of it. n and every count the messages that meet key and exchange.',
    'Within a value write a comma as %2C, a plus sign as %2B and a percent sign as %25.',
    'Examples: nack@n=3   silent@key=mail.#,for=10s   delay:200+reset@p=0.01,seed=7',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function wrapped(words: readonly string[]): string[] {
  const lines = [''];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > 80) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === '' ? `  ${word}` : `${last}, ${word}`;
  }
  return lines;
}
