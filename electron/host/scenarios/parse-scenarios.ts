/** A scenario file's text as scenarios, or what is wrong with it, each with the key and the line. */
import * as z from 'zod';
import type { DataPath } from '../../../lua-runtime/analysis/data-files/syntax/data-tree.ts';
import { LineMap } from '../../../lua-runtime/analysis/line-map.ts';
import { nearestName } from '../../../lua-runtime/kumo/nearest-name.ts';
import { jsonPlaces, pathText } from './json-places.ts';
import type { JsonPlaces } from './json-places.ts';
import { scenarioFileSchema } from './scenario-schema.ts';
import type { ScenarioFile } from './scenario-schema.ts';

export interface ScenarioProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Begins with the key, as in `scenarios[0].expect.record.code must be a number.` */
  readonly message: string;
}

export type ParsedScenarios =
  | {
      readonly ok: true;
      readonly file: ScenarioFile;
      readonly places: JsonPlaces;
      readonly lines: LineMap;
    }
  | { readonly ok: false; readonly problems: readonly ScenarioProblem[] };

/** Nothing of a file with a problem is used. */
export function parseScenarios(text: string): ParsedScenarios {
  const lines = new LineMap(text);
  const at = (offset: number): Omit<ScenarioProblem, 'message'> => {
    const { line, character } = lines.position(offset);
    return { line: line + 1, column: character + 1 };
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/.exec(why)?.[1] ?? text.trimEnd().length);
    return { ok: false, problems: [{ ...at(offset), message: `This is not JSON: ${why}.` }] };
  }
  const places = jsonPlaces(text);
  const problems: ScenarioProblem[] = places.repeated.map(({ path, offset }) => ({
    ...at(offset),
    message: `${pathText(path)} stands there twice; keep one.`,
  }));
  const parsed = scenarioFileSchema.safeParse(content);
  const issues = parsed.error?.issues ?? [];
  const misspelt = new Set(
    issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join()),
  );
  for (const issue of issues) {
    // What an object lacks is most likely what its wrong key was to be.
    const isMissing = valueAt(content, issue.path.map(plainStep)) === undefined;
    const lacking = isMissing ? issue.path.slice(0, -1) : issue.path;
    const isLack = isMissing || issue.code === 'custom';
    if (isLack && issue.path.length > 0 && misspelt.has(lacking.join())) continue;
    for (const { path, said } of told(issue, content)) {
      const offset = places.offsetOfKey(path) ?? places.offsetOf(path);
      const key = path.length === 0 ? 'The file' : pathText(path);
      problems.push({ ...at(offset), message: `${key} ${said}.` });
    }
  }
  if (parsed.success) {
    for (const [index, name] of repeatedNames(parsed.data)) {
      const path = ['scenarios', index, 'name'];
      problems.push({
        ...at(places.offsetOf(path)),
        message: `${pathText(path)} is taken: another scenario of the file is called ${JSON.stringify(name)}.`,
      });
    }
    if (problems.length === 0) return { ok: true, file: parsed.data, places, lines };
  }
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

function repeatedNames({ scenarios }: ScenarioFile): [number, string][] {
  const known = new Set<string>();
  return scenarios.flatMap(({ name }, index): [number, string][] => {
    const isTaken = known.has(name);
    known.add(name);
    return isTaken ? [[index, name]] : [];
  });
}

function plainStep(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step;
}

interface Told {
  readonly path: DataPath;
  readonly said: string;
}

function told(issue: z.core.$ZodIssue, content: unknown): Told[] {
  const path = issue.path.map(plainStep);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(scenarioFileSchema, path);
    return issue.keys.map((key) => ({ path: [...path, key], said: unknownKey(key, known) }));
  }
  if (issue.code === 'invalid_key') {
    const known = keysAt(scenarioFileSchema, path.slice(0, -1));
    return [{ path, said: unknownKey(String(path.at(-1)), known) }];
  }
  if (valueAt(content, path) === undefined && path.length > 0) {
    return [{ path, said: 'is missing' }];
  }
  switch (issue.code) {
    case 'invalid_type':
      return [{ path, said: `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}` }];
    case 'invalid_value': {
      const isOwn = !issue.message.startsWith('Invalid ');
      const values = issue.values.map((value) => JSON.stringify(value)).join(', ');
      return [{ path, said: isOwn ? issue.message : `must be one of ${values}` }];
    }
    case 'too_small':
      return [
        {
          path,
          said: issue.message.startsWith('Too ')
            ? `must be at least ${issue.minimum}`
            : issue.message,
        },
      ];
    case 'too_big':
      return [{ path, said: `must be at most ${issue.maximum}` }];
    default:
      return [{ path, said: issue.message }];
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearestName(key, known);
  const hint = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
  const all = known.map((name) => JSON.stringify(name)).join(', ');
  return `is no key that is known here${hint === '' ? `; known are ${all}` : `${hint} Known are ${all}`}`;
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

function valueAt(content: unknown, path: DataPath): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { readonly [key: string]: unknown })[step];
  }
  return value;
}

/** The keys that the schema takes at a place. */
function keysAt(schema: unknown, path: DataPath): string[] {
  const [step, ...rest] = path;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  if (schema instanceof z.ZodObject) {
    const { shape } = schema;
    return step === undefined ? Object.keys(shape) : keysAt(shape[step], rest);
  }
  if (schema instanceof z.ZodRecord) {
    const { keyType } = schema;
    if (step !== undefined) return keysAt(schema.valueType, rest);
    return keyType instanceof z.ZodEnum ? keyType.options.map(String) : [];
  }
  if (schema instanceof z.ZodArray && step !== undefined) return keysAt(schema.element, rest);
  return [];
}
