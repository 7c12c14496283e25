/** From navigation to an editor that shows the policy and takes keys, against a bare Monaco page. */
import path from 'node:path';
import { build } from 'vite';
import { launchChromium } from './chromium.ts';
import { compare } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { serveFolder, serveWorkbench, type ServedPage } from './served-pages.ts';
import { renderTable } from './table.ts';

await build({
  configFile: path.join(projectFolder, 'test/bench/bare-monaco/vite.config.ts'),
  logLevel: 'error',
});
const workbench = await serveWorkbench();
const bare = await serveFolder(path.join(projectFolder, 'dist/bench/bare-monaco'));
const browser = await launchChromium();

/** Milliseconds; a fresh context, so that nothing is cached. */
async function usableAfter(page: ServedPage): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(await page.nextUrl());
  const usable = await tab.waitForFunction(
    () => performance.getEntriesByName('workbench-editor-usable')[0]?.startTime,
  );
  const milliseconds = (await usable.jsonValue()) ?? Number.NaN;
  await context.close();
  return milliseconds;
}

try {
  const comparison = await compare({
    subject: 'start to usable editor, Chromium',
    unit: 'ms',
    peerName: 'a page with Monaco and nothing else',
    aim: { atMost: 1.5 },
    rounds: 7,
    ours: () => usableAfter(workbench),
    peer: () => usableAfter(bare),
  });
  process.stdout.write(`${renderTable([comparison], [])}\n`);
} finally {
  await browser.close();
  await workbench.close();
  await bare.close();
}
