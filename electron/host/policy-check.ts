/**
 * Diagnostics of policies on disk: what does not compile, what fails when it is loaded, and what kumod
 * would accept without doing what is meant.
 */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { Diagnostic } from '../bridge/workspace.ts';
import type { AnalysisOptions } from '../../lua-runtime/analysis/analysis-contract.ts';
import { checkProgram } from '../../lua-runtime/analysis/checks/check-program.ts';
import { checkDataFiles } from '../../lua-runtime/analysis/data-files/check-data-files.ts';
import { DataFile, isDataFile } from '../../lua-runtime/analysis/data-files/data-files.ts';
import { evaluatorOf } from '../../lua-runtime/analysis/values/evaluator.ts';
import { Program } from '../../lua-runtime/analysis/values/program.ts';
import { readSource } from '../../lua-runtime/analysis/values/source-file.ts';
import { isShippedModuleMissing } from '../../lua-runtime/kumo/module-not-found.ts';
import type { PolicyFailure } from '../../lua-runtime/recording/entries.ts';
import { analysedFiles } from './language/analysed-files.ts';
import { readWorkbenchFile } from './language/workbench-file.ts';
import { createLuaVm } from './lua-engines.ts';
import type { PolicySource } from './policy-source.ts';
import { SyntaxChecker } from './syntax-check.ts';
import { startPolicyWorker } from './worker/start-policy-worker.ts';
import { PolicyWorkerEnded } from './worker/worker-contract.ts';
import { listFiles, openPath, POLICY_FILE } from './workspace.ts';

export interface CheckOptions extends Pick<PolicySource, 'engine' | 'limits'> {
  /** KumoMTA release that the policies are for; default: what workbench.json says, or the newest known. */
  readonly kumomta?: string | undefined;
}

/**
 * Checks a policy, a data file of KumoMTA's helpers (.toml or .json), or a folder: all its policies and data
 * files, and init.lua is loaded. Files are named as `path` was, also in fixes and related places. Throws
 * `not-found` when there is nothing at `path`.
 */
export async function checkPath(path: string, options: CheckOptions): Promise<Diagnostic[]> {
  const { root, files, policy, isFolder, loads } = await checkedFiles(path);
  const shown = (file: string): string => join(isFolder ? path : dirname(path), file);
  const syntax = await syntaxErrors(
    root,
    files.filter((file) => file.endsWith('.lua')),
    options,
  );
  const unreadable = new Set(syntax.map(({ file }) => file));
  const agreed = await readWorkbenchFile(root);
  const findings = await findingsOf(root, files, policy ?? files[0] ?? '', {
    ...agreed.options,
    ...(options.kumomta === undefined ? {} : { kumomta: options.kumomta }),
  });
  const told = [...syntax, ...agreed.problems, ...findings];
  const found = told
    .filter((each) => each.code === 'syntax' || !unreadable.has(each.file))
    .map((diagnostic) => namedAs(diagnostic, shown));
  // A file that does not compile cannot be loaded either: once is enough.
  if (policy === undefined || !loads || unreadable.has(policy)) return found;
  const failure = await loadFailure({
    ...options,
    workspaceRoot: root,
    policyFile: policy,
    environment: {},
  });
  if (!failure) return found;
  const file = failure.location?.file ?? policy;
  if (unreadable.has(file)) return found;
  return [...found, { ...diagnosticOf(failure), file: shown(file) }];
}

interface CheckedFiles {
  readonly root: string;
  /** Relative to the root. */
  readonly files: readonly string[];
  readonly policy: string | undefined;
  readonly isFolder: boolean;
  /** Whether the policy is loaded too. */
  readonly loads: boolean;
}

async function checkedFiles(path: string): Promise<CheckedFiles> {
  const absolute = resolve(path);
  if (isDataFile(absolute) && existsSync(absolute) && (await stat(absolute)).isFile()) {
    const root = dirname(absolute);
    const policy = existsSync(join(root, POLICY_FILE)) ? POLICY_FILE : undefined;
    return { root, files: [basename(absolute)], policy, isFolder: false, loads: false };
  }
  const { root, policyFile } = await openPath(absolute);
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder ? analysedFiles(await listFiles(root)) : [policyFile ?? basename(path)];
  const policy = policyFile ?? (existsSync(join(root, POLICY_FILE)) ? POLICY_FILE : undefined);
  return { root, files, policy, isFolder, loads: true };
}

/** With every path in it as the person who asked named the folder. */
function namedAs(diagnostic: Diagnostic, shown: (file: string) => string): Diagnostic {
  const { related, fixes } = diagnostic;
  const named = <T extends { readonly file: string }>(places: readonly T[]): T[] =>
    places.map((place) => ({ ...place, file: shown(place.file) }));
  return {
    ...diagnostic,
    file: shown(diagnostic.file),
    ...(related === undefined ? {} : { related: named(related) }),
    ...(fixes === undefined
      ? {}
      : { fixes: fixes.map((fix) => ({ ...fix, edits: named(fix.edits) })) }),
  };
}

async function syntaxErrors(
  root: string,
  files: readonly string[],
  { engine }: CheckOptions,
): Promise<Diagnostic[]> {
  const checker = new SyntaxChecker(createLuaVm);
  try {
    const found = [];
    for (const file of files) {
      const text = await readFile(join(root, file), 'utf8');
      found.push(...checker.check(engine, file, text));
    }
    return found;
  } finally {
    checker.close();
  }
}

/** What the analysis finds; a policy sees the files beside it, which are checked only when asked for. */
async function findingsOf(
  root: string,
  files: readonly string[],
  policy: string,
  options: AnalysisOptions,
): Promise<Diagnostic[]> {
  const all = analysedFiles(await listFiles(root));
  const texts = await Promise.all(
    [...new Set([...all, ...files])].map(
      async (path) => [path, await readFile(join(root, path), 'utf8')] as const,
    ),
  );
  const scripts = texts.filter(([path]) => !isDataFile(path));
  const data = texts.filter(([path]) => isDataFile(path));
  const program = new Program(
    new Map(scripts.map(([path, text]) => [path, readSource(path, text)])),
    policy,
  );
  const evaluator = evaluatorOf(program);
  const only = new Set(files);
  const dataFiles = new Map(data.map(([path, text]) => [path, new DataFile(path, text)]));
  return [
    ...checkProgram(program, options, only, evaluator),
    ...checkDataFiles(evaluator, dataFiles, options, only),
  ];
}

/**
 * What the Lua files of a folder use that a release of KumoMTA does not have, as far as the text tells.
 *
 * @param kumomta e.g. `2025.12.02` or `2025.12.02-67ee9e96`
 */
export async function newerThanRelease(
  root: string,
  policy: string,
  kumomta: string,
): Promise<Diagnostic[]> {
  const files = (await listFiles(root)).map(({ path }) => path);
  const lua = files.filter((path) => path.endsWith('.lua'));
  const found = await findingsOf(root, lua, policy, { kumomta, silenced: {} });
  return found.filter(({ code }) => code === 'newer-than-kumomta');
}

async function loadFailure(policy: PolicySource): Promise<PolicyFailure | undefined> {
  const worker = startPolicyWorker({
    ...policy,
    seed: 1,
    handleCall: () => ({
      ok: false,
      error: 'checking a policy connects to no broker; build clients in a constructor',
    }),
    onEntries: () => undefined,
  });
  try {
    const loaded = await worker.load();
    return loaded.ok ? undefined : loaded.failure;
  } catch (error) {
    if (!(error instanceof PolicyWorkerEnded)) throw error;
    if (error.reason === 'crashed') throw new BridgeError('bug', error.message);
    return { text: error.message, summary: error.message, traceback: [] };
  } finally {
    await worker.terminate();
  }
}

function diagnosticOf({ location, summary }: PolicyFailure): Omit<Diagnostic, 'file'> {
  const line = (location?.line ?? 1) - 1;
  return {
    // Lua tells the line only: all of it.
    range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
    // In kumod's installation the module is there, and nothing wrong with the policy.
    severity: isShippedModuleMissing(summary) ? 3 : 1,
    code: 'load',
    message: summary,
  };
}
