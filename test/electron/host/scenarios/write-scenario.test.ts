import { describe, expect, it } from 'vitest';
import { readableJson, withScenario } from '../../../../electron/host/scenarios/write-scenario.ts';
import type { Scenario } from '../../../../electron/host/scenarios/scenario-schema.ts';

const scenario: Scenario = {
  name: 'new',
  deliver: { queue: 'amqp' },
  expect: { record: { type: 'Bounce', code: 500 }, verdicts: ['nacked'] },
};

describe('a scenario that is saved', () => {
  it('begins a file that is not there', () => {
    const { text, line } = withScenario('own/a.scenarios.json', 'init.lua', scenario, undefined);
    expect(text).toBe(`{
  "version": 1,
  "policy": "../init.lua",
  "scenarios": [
    {
      "name": "new",
      "deliver": { "queue": "amqp" },
      "expect": { "record": { "type": "Bounce", "code": 500 }, "verdicts": ["nacked"] }
    }
  ]
}
`);
    expect(line).toBe(5);
  });

  it('comes behind the others, which stay as somebody wrote them', () => {
    const before = `{ "version": 1, "policy": "./init.lua",
  "scenarios": [
    {"name":"old",   "resolve":{"queue":"x"}, "expect":{"queue_config":{}}}
  ]
}`;
    const { text, line } = withScenario('a.scenarios.json', 'init.lua', scenario, before);
    expect(text.startsWith(before.slice(0, before.indexOf('\n  ]')))).toBe(true);
    expect(text.split('\n')[line - 1]).toBe('    {');
    expect((JSON.parse(text) as { scenarios: object[] }).scenarios).toMatchObject([
      { name: 'old' },
      scenario,
    ]);
  });

  it.each([
    ['a mistake', '{}', 'a.scenarios.json has a mistake in line 1; correct it first, or give'],
    [
      'another policy',
      '{"version":1,"policy":"b.lua","scenarios":[{"name":"x","resolve":{"queue":"x"},"expect":{"prints":[]}}]}',
      'The scenarios in a.scenarios.json are about b.lua; give another file.',
    ],
    [
      'the same name',
      '{"version":1,"policy":"init.lua","scenarios":[{"name":"new","resolve":{"queue":"x"},"expect":{"prints":[]}}]}',
      'a.scenarios.json has a scenario called "new"; give another name.',
    ],
  ])('is refused by a file with %s', (_, before, message) => {
    expect(() => withScenario('a.scenarios.json', 'init.lua', scenario, before)).toThrow(message);
  });
});

it('writes what fits in one line in one, and the rest below each other', () => {
  const long = 'x'.repeat(70);
  expect(readableJson({ a: [1, { b: null }], c: [long, long], d: {}, e: undefined })).toBe(
    `{\n  "a": [1, { "b": null }],\n  "c": [\n    "${long}",\n    "${long}"\n  ],\n  "d": {}\n}`,
  );
});
