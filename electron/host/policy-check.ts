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
import { Program } from '../../lua-runtime/analysis/values/program.ts';
import { readSource } from '../../lua-runtime/analysis/values/source-file.ts';
import type { PolicyFailure } from '../../lua-runtime/recording/entries.ts';
import { readWorkbenchFile } from './language/workbench-file.ts';
import { createLuaVm } from './lua-engines.ts';
import type { PolicySource } from './policy-source.ts';
import { SyntaxChecker } from './syntax-check.ts';
import { startPolicyWorker } from './worker/start-policy-worker.ts';
import { PolicyWorkerEnded } from './worker/worker-contract.ts';
import { listFiles, openPath } from './workspace.ts';

export interface CheckOptions extends Pick<PolicySource, 'engine' | 'limits'> {
  /** KumoMTA release that the policies are for; default: what workbench.json says, or the newest known. */
  readonly kumomta?: string | undefined;
}

/**
 * Checks a .lua file, or a folder: all its .lua files, and init.lua is loaded. Files are named as
 * `path` was. Throws `not-found` when there is nothing at `path`.
 */
export async function checkPath(path: string, options: CheckOptions): Promise<Diagnostic[]> {
  const { root, policyFile } = await openPath(resolve(path));
  const isFolder = (await stat(path)).isDirectory();
  const shown = (file: string) => (isFolder ? join(path, file) : join(dirname(path), file));
  const files = isFolder
    ? (await listFiles(root)).map((file) => file.path).filter((file) => file.endsWith('.lua'))
    : [policyFile ?? basename(path)];
  const syntax = await syntaxErrors(root, files, options);
  const policy = policyFile ?? (existsSync(join(root, 'init.lua')) ? 'init.lua' : undefined);
  const unreadable = new Set(syntax.map(({ file }) => file));
  const agreed = await readWorkbenchFile(root);
  const findings = await findingsOf(root, files, policy ?? files[0] ?? '', {
    ...agreed.options,
    ...(options.kumomta === undefined ? {} : { kumomta: options.kumomta }),
  });
  const told = [...syntax, ...agreed.problems, ...findings];
  const found = told
    .filter((each) => each.code === 'syntax' || !unreadable.has(each.file))
    .map((diagnostic) => ({ ...diagnostic, file: shown(diagnostic.file) }));
  // A file that does not compile cannot be loaded either: once is enough.
  if (policy === undefined || syntax.some(({ file }) => file === policy)) return found;
  const failure = await loadFailure({
    ...options,
    workspaceRoot: root,
    policyFile: policy,
    environment: {},
  });
  if (!failure) return found;
  const file = failure.location?.file ?? policy;
  if (syntax.some((diagnostic) => diagnostic.file === file)) return found;
  return [...found, { ...diagnosticOf(failure), file: shown(file) }];
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

/** What the analysis finds; a policy sees the modules beside it, which are checked only when asked for. */
async function findingsOf(
  root: string,
  files: readonly string[],
  policy: string,
  options: AnalysisOptions,
): Promise<Diagnostic[]> {
  const all = (await listFiles(root))
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.lua'));
  const sources = await Promise.all(
    all.map(async (path) => readSource(path, await readFile(join(root, path), 'utf8'))),
  );
  const program = new Program(new Map(sources.map((source) => [source.path, source])), policy);
  // Paths inside of fixes and related places would be relative to the folder.
  return checkProgram(program, options, new Set(files)).map(
    ({ fixes: _fixes, related: _related, ...finding }) => finding,
  );
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
    severity: 1,
    code: 'load',
    message: summary,
  };
}
