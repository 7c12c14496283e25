/** Puts a scenario into a file's text, in a form that people read and diff. */
import { dirname, relative } from 'node:path/posix';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { parseScenarios } from './parse-scenarios.ts';
import { SCENARIO_VERSION } from './scenario-schema.ts';
import type { Scenario } from './scenario-schema.ts';

const WIDTH = 100;
const INDENT = '  ';

export interface WrittenScenario {
  readonly text: string;
  /** Where the scenario begins, from 1. */
  readonly line: number;
}

/**
 * @param file its path and `policy` that of the policy, both relative to one folder.
 * @param before the file's text; undefined when there is none. It is kept as it is around the new one.
 * Throws `refused` when the file cannot take it.
 */
export function withScenario(
  file: string,
  policy: string,
  scenario: Scenario,
  before: string | undefined,
): WrittenScenario {
  const wanted = relative(dirname(file), policy);
  if (before === undefined) {
    const content = { version: SCENARIO_VERSION, policy: wanted, scenarios: [scenario] };
    return placed(file, `${readableJson(content)}\n`, scenario.name);
  }
  const parsed = parseScenarios(before);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    throw new BridgeError(
      'refused',
      `${file} has a mistake in line ${first?.line}; correct it first, or give another file.`,
    );
  }
  if (relative('.', parsed.file.policy) !== wanted) {
    throw new BridgeError(
      'refused',
      `The scenarios in ${file} are about ${parsed.file.policy}; give another file.`,
    );
  }
  if (parsed.file.scenarios.some(({ name }) => name === scenario.name)) {
    throw new BridgeError(
      'refused',
      `${file} has a scenario called ${JSON.stringify(scenario.name)}; give another name.`,
    );
  }
  const end = parsed.places.endOf(['scenarios', parsed.file.scenarios.length - 1]);
  if (end === undefined) throw new Error('A scenario has no end.');
  const indented = readableJson(scenario, INDENT.repeat(2));
  const text = `${before.slice(0, end)},\n${INDENT.repeat(2)}${indented}${before.slice(end)}`;
  return placed(file, text, scenario.name);
}

function placed(file: string, text: string, name: string): WrittenScenario {
  const parsed = parseScenarios(text);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    throw new BridgeError('failed', `The scenario cannot be kept in ${file}: ${first?.message}`);
  }
  const index = parsed.file.scenarios.findIndex((scenario) => scenario.name === name);
  const offset = parsed.places.offsetOf(['scenarios', index]);
  return { text, line: parsed.lines.position(offset).line + 1 };
}

/** As `JSON.stringify` indents it, but what fits in a line stays in one. */
export function readableJson(value: unknown, indent = ''): string {
  const line = oneLine(value);
  const isFlat = typeof value !== 'object' || value === null;
  if (isFlat || (indent !== '' && indent.length + line.length <= WIDTH - 20)) return line;
  const inner = indent + INDENT;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => readableJson(item, inner))
    : entriesOf(value).map(([key, item]) => `${JSON.stringify(key)}: ${readableJson(item, inner)}`);
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = entriesOf(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
