/** From the last key in a 2,000-line policy to the syntax error's marker on screen, in Chromium. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from './chromium.ts';
import { percentile } from './measure.ts';
import { serveWorkbench } from './served-pages.ts';
import { renderTable } from './table.ts';

const LINES = 2_000;
const ROUNDS = 40;
const AIM_MS = 150;

const line = "kumo.on('e1', function(m) local t = { a = m:get_meta 'x' } return t.a .. '!' end)";
const text = ["local kumo = require 'kumo'", ...Array<string>(LINES - 1).fill(`-- ${line}`)];
// Half of it is code, so that the compiler has as much to do as in a real policy.
for (let i = 1; i < LINES; i += 2) text[i] = line.replace('e1', `e${i}`);

const folder = await mkdtemp(path.join(tmpdir(), 'workbench-bench-policy-'));
await writeFile(path.join(folder, 'init.lua'), `${text.join('\n')}\n`);
const workbench = await serveWorkbench(folder);
const browser = await launchChromium();

/** Runs in the page: notes the newest key and the first marker after `seen.marked` was reset. */
const WATCH = `
  globalThis.seen = { lastKey: 0, marked: 0 };
  addEventListener('keydown', () => (seen.lastKey = performance.now()), { capture: true });
  new MutationObserver(() => {
    if (seen.marked === 0 && document.querySelector('.squiggly-error')) seen.marked = performance.now();
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
`;

/** Milliseconds from the key to the frame after which the marker is there. */
async function markedAfter(): Promise<readonly number[]> {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await tab.goto(await workbench.nextUrl());
  await tab.getByRole('textbox', { name: 'Policy text' }).focus();
  await tab.keyboard.press('Control+End');
  await tab.evaluate(WATCH);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await tab.evaluate('seen.marked = 0');
    await tab.keyboard.type('x =');
    await tab.locator('.squiggly-error').first().waitFor();
    times.push(await tab.evaluate<number>('seen.marked - seen.lastKey'));
    for (let i = 0; i < 3; i++) await tab.keyboard.press('Backspace');
    await tab.locator('.squiggly-error').waitFor({ state: 'detached' });
  }
  await tab.close();
  return times;
}

try {
  const times = await markedAfter();
  const p95 = percentile(times, 95);
  process.stdout.write(
    `${renderTable(
      [],
      [
        {
          subject: `syntax marker after the last key, ${LINES} lines, p95 of ${ROUNDS}`,
          value: `${p95.toFixed(0)} ms`,
          aim: `under ${AIM_MS} ms`,
          met: p95 < AIM_MS,
        },
      ],
    )}\n`,
  );
} finally {
  await browser.close();
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}
