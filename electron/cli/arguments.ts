/** Reading a command's arguments: `node:util`'s parser, its errors in our words. */
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { ENGINES } from '../../lua-runtime/vm/create-vm.ts';
import type { EngineId } from '../../lua-runtime/vm/lua-vm.ts';
import { DEFAULT_LIMITS } from '../host/worker/worker-contract.ts';
import type { PolicyLimits } from '../host/worker/worker-contract.ts';
import { UsageError } from './cli-error.ts';

type ParseArgsOptionsConfig = NonNullable<ParseArgsConfig['options']>;

export interface ParsedArguments {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  flag(name: string): boolean;
  /** An integer within the limits, or `fallback`. */
  integer(name: string, fallback: number, least: number, most: number): number;
}

/** Throws UsageError, with a pointer to the command's help. */
export function parseArguments(
  command: string,
  args: readonly string[],
  options: ParseArgsOptionsConfig,
): ParsedArguments {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new UsageError(`${said}; see \`kumo-workbench ${command} --help\`.`);
  }
  const values: { readonly [name: string]: unknown } = parsed.values;
  const texts = (name: string): readonly string[] => {
    const value = values[name];
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  };
  return {
    positionals: parsed.positionals,
    texts,
    text: (name) => texts(name).at(-1),
    flag: (name) => values[name] === true,
    integer(name, fallback, least, most) {
      const text = texts(name).at(-1);
      if (text === undefined) return fallback;
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= least && value <= most)) {
        throw new UsageError(`--${name} must be a whole number from ${least} to ${most}.`);
      }
      return value;
    },
  };
}

export const POLICY_OPTIONS = {
  engine: { type: 'string' },
  deadline: { type: 'string' },
  memory: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const POLICY_OPTIONS_HELP = `  --engine lua54|fengari  the Lua engine (default lua54, which kumod embeds)
  --deadline MS           script time a handler may take (default ${DEFAULT_LIMITS.deadlineMs})
  --memory MB             memory the script may use (default ${DEFAULT_LIMITS.memoryBytes / 2 ** 20})`;

export function engineOf(parsed: ParsedArguments): EngineId {
  const name = parsed.text('engine') ?? 'lua54';
  const engine = ENGINES.find((candidate) => candidate === name);
  if (!engine) throw new UsageError(`--engine must be one of ${ENGINES.join(', ')}.`);
  return engine;
}

export function limitsOf(parsed: ParsedArguments): PolicyLimits {
  const megabytes = parsed.integer('memory', DEFAULT_LIMITS.memoryBytes / 2 ** 20, 16, 2048);
  return {
    deadlineMs: parsed.integer('deadline', DEFAULT_LIMITS.deadlineMs, 100, 600_000),
    memoryBytes: megabytes * 2 ** 20,
  };
}
