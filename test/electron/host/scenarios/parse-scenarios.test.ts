import { describe, expect, it } from 'vitest';
import { parseScenarios } from '../../../../electron/host/scenarios/parse-scenarios.ts';

const good = {
  version: 1,
  policy: 'init.lua',
  scenarios: [
    { name: 'a', resolve: { queue: 'x' }, expect: { queue_config: { protocol: 'smtp' } } },
  ],
};

/** The problems of a file whose only scenario has these keys too. */
function problemsOf(change: object): readonly string[] {
  return told({ ...good, scenarios: [{ ...good.scenarios[0], ...change }] });
}

function told(file: unknown): readonly string[] {
  const parsed = parseScenarios(JSON.stringify(file));
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

describe('a scenario file', () => {
  it('is read', () => {
    const parsed = parseScenarios(JSON.stringify(good));
    expect(parsed).toMatchObject({ ok: true, file: good });
  });

  it('tells where it is no JSON', () => {
    expect(parseScenarios('{\n  "version": 1,,\n}')).toMatchObject({
      ok: false,
      problems: [{ line: 2, column: 16, message: expect.stringContaining('not JSON') as string }],
    });
  });

  it('tells another version', () => {
    expect(told({ ...good, version: 2 })).toEqual([
      'version must be 1, the version of the format that this workbench reads.',
    ]);
  });

  it('tells the line of a key that is not known, and what was probably meant', () => {
    const text = JSON.stringify({ ...good, polcy: 'x' }, undefined, 2);
    const line = text.split('\n').findIndex((each) => each.includes('polcy')) + 1;
    expect(parseScenarios(text)).toMatchObject({
      problems: [
        {
          line,
          column: 3,
          message:
            'polcy is no key that is known here; did you mean "policy"? Known are "version", "policy", "scenarios".',
        },
      ],
    });
  });

  it('does not tell that a key is missing beside the one that was to be it', () => {
    const { policy, ...others } = good;
    expect(told({ ...others, polcy: policy })).toEqual([
      'polcy is no key that is known here; did you mean "policy"? Known are "version", "policy", "scenarios".',
    ]);
  });

  it('tells a key that stands there twice', () => {
    const text = JSON.stringify(good).replace('"name"', '"name":"b","name"');
    expect(parseScenarios(text)).toMatchObject({
      problems: [{ message: 'scenarios[0].name stands there twice; keep one.' }],
    });
  });

  it('tells a name that is taken', () => {
    const [scenario] = good.scenarios;
    expect(told({ ...good, scenarios: [scenario, scenario] })).toEqual([
      'scenarios[1].name is taken: another scenario of the file is called "a".',
    ]);
  });
});

describe('a scenario', () => {
  it.each([
    [
      { resolve: undefined, deliver: { queue: 'x', id: 'm-17' } },
      'scenarios[0].deliver.id cannot be used: The id "m-17" is none of kumod\'s; write its 32 hexadecimal digits, or leave it empty for a new one.',
    ],
    [{ expect: {} }, 'scenarios[0].expect must expect something, or the scenario cannot fail.'],
    [{ expect: undefined }, 'scenarios[0].expect is missing.'],
    [{ resolve: undefined }, 'scenarios[0] needs exactly one of "deliver", "resolve" and "event".'],
    [
      { deliver: { queue: 'x' } },
      'scenarios[0] needs exactly one of "deliver", "resolve" and "event".',
    ],
    [
      { expect: { record: { code: 250 } } },
      'scenarios[0].expect.record is never met: "resolve" tells nothing of it.',
    ],
    [
      { resolve: { queue: { domain: 'x', tenantt: 'y' } } },
      'scenarios[0].resolve.queue.tenantt is no key that is known here; did you mean "tenant"? Known are "domain", "tenant", "campaign", "routing_domain".',
    ],
    [
      { resolve: { queue: 3 } },
      'scenarios[0].resolve.queue must be a queue name, or an object with "domain" and maybe "tenant", "campaign" and "routing_domain".',
    ],
    [
      { expect: { problem: { contians: 'x' } } },
      expect.stringContaining(
        'problem.contians is no key that is known here; did you mean "contains"',
      ),
    ],
    [
      { expect: { problem: { contains: 'x', matches: 'y' } } },
      'scenarios[0].expect.problem must have one of "contains", "matches" (a regular expression) and "json".',
    ],
    [{ engine: 'lua53' }, 'scenarios[0].engine must be one of "lua54", "fengari".'],
    [
      { broker: { fault: 'nack@evry=3' } },
      expect.stringMatching(/^scenarios\[0\]\.broker\.fault cannot be used: .*evry/),
    ],
    [
      { broker: { url: 'amqp://u:secret@h' } },
      'scenarios[0].broker.url cannot be used: it holds a password; make a broker profile, which keeps it, and name that.',
    ],
    [
      { broker: { declare: {} } },
      'scenarios[0].broker.declare must name a queue, an exchange or a binding.',
    ],
    [
      { broker: { declare: { queues: [{ name: 'x', duable: true }] } } },
      expect.stringContaining(
        'declare.queues[0].duable is no key that is known here; did you mean',
      ),
    ],
    [
      { broker: { declare: { exchanges: [{ name: 'x', type: 'topc' }] } } },
      'scenarios[0].broker.declare.exchanges[0].type must be one of "direct", "fanout", "topic", "headers".',
    ],
    [
      { broker: { profile: 'p', declare: { queues: ['x'] } } },
      expect.stringContaining('for the embedded broker only'),
    ],
    [
      { broker: { profile: 'p', fault: 'nack' } },
      expect.stringContaining('for the embedded broker only'),
    ],
    [
      { expect: { prints: [{ matches: '(' }] } },
      expect.stringMatching(
        /^scenarios\[0\]\.expect\.prints\[0\]\.matches cannot be used: Invalid/,
      ),
    ],
    [
      { expect: { error: { at: 'init.lua' } } },
      'scenarios[0].expect.error.at must be FILE:LINE, as in "init.lua:20".',
    ],
    [
      { expect: { queue_config: { protocol: 'lua' } } },
      'scenarios[0].expect.queue_config.protocol must be one of "smtp", "maildir", "custom_lua", "xfer", "null".',
    ],
  ])('%j is told', (change, message) => {
    expect(problemsOf(change)).toEqual([message]);
  });

  it('never tells a password that somebody wrote into it', () => {
    expect(problemsOf({ broker: { url: 'amqp://u:secret@h' } }).join()).not.toContain('secret');
  });
});
