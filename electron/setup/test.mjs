import fs from 'node:fs';
import { electronBinary } from './electron-binary.mjs';
import { prepare } from './prepare.mjs';
import { fail, inProject, run, say } from './project.mjs';
import { ensureSystemPrograms } from './system-programs.mjs';
import { playwrightCounts, total, vitestCounts } from './test-results.mjs';

/** The one spec that needs what cannot be installed everywhere. */
const electronSpec = 'electron-shell.spec.ts';
/** The linter takes as long as all the others: it runs beside them. */
const checkLanes = [['check:lint'], ['check:types', 'check:layers', 'check:format']];

const reports = inProject('.cache/test-reports');
const vitestReport = `${reports}/vitest.json`;
const playwrightReport = `${reports}/playwright.json`;

function runPackageTool(tool, args, env) {
  return run(process.execPath, [inProject('node_modules', tool), ...args], { env });
}

async function runCheck(script) {
  say(`npm run ${script}`);
  const status = await run('npm', ['run', '--silent', script], {
    shell: process.platform === 'win32',
  });
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: [] };
}

async function runChecks() {
  const lanes = checkLanes.map(async (scripts) => {
    const counts = [];
    for (const script of scripts) counts.push(await runCheck(script));
    return counts;
  });
  return (await Promise.all(lanes)).flat();
}

async function runVitest() {
  const status = await runPackageTool('vitest/vitest.mjs', [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ]);
  return withExitStatus(vitestCounts(vitestReport), status);
}

async function runPlaywright() {
  const status = await runPackageTool(
    '@playwright/test/cli.js',
    ['test', '--config=test/e2e/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
  );
  return withExitStatus(playwrightCounts(playwrightReport), status);
}

/** A run may fail beside its tests: an unhandled rejection, a set-up that broke. */
function withExitStatus(counts, status) {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

try {
  await prepare({ halves: ['node', 'renderer'] });
  await ensureSystemPrograms();
  fs.rmSync(reports, { recursive: true, force: true });
  fs.mkdirSync(reports, { recursive: true });

  const all = await runChecks();
  all.push(await runVitest());
  all.push(await runPlaywright());

  const maySkip = (file) => file === electronSpec && electronBinary() === undefined;
  const { passed, failed, unexpected, allowedSkips } = total(all, maySkip);
  for (const { file, title } of unexpected) {
    process.stdout.write(`Skipped, which counts as failed: ${file}: ${title}\n`);
  }
  if (allowedSkips > 0) {
    process.stdout.write(
      `${allowedSkips} not run: Electron's program is not installed (npx install-electron gets it).\n`,
    );
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} catch (problem) {
  fail(problem);
}
