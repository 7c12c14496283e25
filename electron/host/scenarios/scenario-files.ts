/** Scenario files on disk, and what they name beside themselves. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { createMessageFactory } from '../message-form.ts';
import { isInside, isMissing } from '../workspace-path.ts';
import { listFiles } from '../workspace.ts';
import type { DataPath } from '../../../lua-runtime/analysis/data-files/syntax/data-tree.ts';
import { pathText } from './json-places.ts';
import { parseScenarios } from './parse-scenarios.ts';
import type { ScenarioProblem } from './parse-scenarios.ts';
import { messageSourceOfScenario } from './scenario-message.ts';
import { SCENARIO_SUFFIX } from './scenario-schema.ts';
import type { Scenario } from './scenario-schema.ts';

export interface LoadedScenario {
  /** Absolute path of its file. */
  readonly file: string;
  /** Where it begins in the file, from 1. */
  readonly line: number;
  /** Absolute real path of the policy's folder. */
  readonly policyRoot: string;
  /** Relative to that folder. */
  readonly policyFile: string;
  readonly scenario: Scenario;
  /** The message, where it is a file. */
  readonly data?: Uint8Array | undefined;
  /** Absolute; the embedded broker's queues. */
  readonly definitionsFile?: string | undefined;
}

export interface ReadScenarioFile {
  readonly file: string;
  readonly scenarios: readonly LoadedScenario[];
  /** When there are any, there are no scenarios. */
  readonly problems: readonly ScenarioProblem[];
}

/**
 * Absolute paths in order: `path` itself when it is a file, else all scenario files below it. Throws
 * `not-found` when there is nothing at `path`.
 */
export async function findScenarioFiles(path: string): Promise<string[]> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => undefined);
  if (!found) throw new BridgeError('not-found', `There is nothing at ${path}; check the path.`);
  if (!found.isDirectory()) return [absolute];
  const files = await listFiles(absolute);
  return files
    .filter(({ kind, path: name }) => kind === 'file' && name.endsWith(SCENARIO_SUFFIX))
    .map(({ path: name }) => join(absolute, name));
}

/** `within`: a folder that nothing outside of may be read from. Rejects when there is no such file. */
export async function readScenarioFile(file: string, within?: string): Promise<ReadScenarioFile> {
  const parsed = parseScenarios(await readFile(file, 'utf8'));
  if (!parsed.ok) return { file, scenarios: [], problems: parsed.problems };
  const problems: ScenarioProblem[] = [];
  const { places, lines } = parsed;
  const placeOf = (path: DataPath): Omit<ScenarioProblem, 'message'> => {
    const { line, character } = lines.position(places.offsetOf(path));
    return { line: line + 1, column: character + 1 };
  };
  const tell = (path: DataPath, sentence: string): void => {
    problems.push({ ...placeOf(path), message: `${pathText(path)}: ${sentence}` });
  };
  const folder = dirname(await realpath(file));
  const beside = async (path: DataPath, name: string | undefined): Promise<string | undefined> => {
    if (name === undefined) return undefined;
    const found = await fileBeside(folder, name, within);
    if (found === undefined) tell(path, `there is no file ${name} ${from(within)}.`);
    return found;
  };

  const policy = await beside(['policy'], parsed.file.policy);
  const scenarios: LoadedScenario[] = [];
  for (const [index, scenario] of parsed.file.scenarios.entries()) {
    const at = ['scenarios', index];
    const { deliver, broker } = scenario;
    const dataAt = [...at, 'deliver', 'message', 'file'];
    const dataFile = await beside(dataAt, deliver?.message?.file);
    const definitionsAt = [...at, 'broker', 'definitions'];
    const definitionsFile = await beside(definitionsAt, broker?.definitions);
    const data = dataFile === undefined ? undefined : new Uint8Array(await readFile(dataFile));
    if (deliver) {
      try {
        createMessageFactory(messageSourceOfScenario(deliver, data), 1);
      } catch (error) {
        if (!(error instanceof BridgeError)) throw error;
        tell([...at, 'deliver'], error.message);
      }
    }
    if (policy === undefined) continue;
    const { line } = placeOf(at);
    const [policyRoot, policyFile] = [dirname(policy), basename(policy)];
    scenarios.push({ file, line, policyRoot, policyFile, scenario, data, definitionsFile });
  }
  return { file, scenarios: problems.length > 0 ? [] : scenarios, problems };
}

/** The real path of a file that a scenario file names; undefined when it must not be read or is none. */
async function fileBeside(
  folder: string,
  name: string,
  within: string | undefined,
): Promise<string | undefined> {
  try {
    const real = await realpath(resolve(folder, name));
    const isAllowed = within === undefined || isInside(within, real);
    return isAllowed && (await stat(real)).isFile() ? real : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function from(within: string | undefined): string {
  return within === undefined
    ? 'beside the scenario file (paths begin at its folder)'
    : 'in the opened folder (paths begin at the scenario file)';
}
