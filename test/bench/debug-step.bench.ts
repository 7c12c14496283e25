/** From the key of a step to the frame in which its line and values are on the screen, in Chromium. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from './chromium.ts';
import { percentile } from './measure.ts';
import { serveWorkbench } from './served-pages.ts';
import { renderTable } from './table.ts';

const STEPS = 100;
const AIM_MS = 50;

/** Tables of some size in reach, as a real policy has them, and enough lines to step over. */
const POLICY = `local kumo = require 'kumo'
local tenants = {}
for i = 1, 200 do tenants['tenant' .. i] = { exchange = 'mail', key = i } end

kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.amqp' } } }
end)

kumo.on('make.amqp', function(domain)
  local sender = {}
  function sender:send(message)
    local total = 0
${'    total = total + #message:get_data()\n'.repeat(STEPS * 2)}
    return '250 ' .. total
  end
  return sender
end)
`;
const FIRST_LINE = POLICY.split('\n').findIndex((line) => line.includes('total = total')) + 1;

const folder = await mkdtemp(path.join(tmpdir(), 'workbench-bench-step-'));
await writeFile(path.join(folder, 'init.lua'), POLICY);
const workbench = await serveWorkbench(folder);
const browser = await launchChromium();

/** Runs in the page: the window marks when it asks and when it has shown. */
const NEWEST_STEP = `
  performance.getEntriesByName('workbench-debug-stop-shown').at(-1)?.startTime -
    performance.getEntriesByName('workbench-debug-asked').at(-1)?.startTime
`;

async function stepped(key: string): Promise<readonly number[]> {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await tab.goto(await workbench.nextUrl());
  await tab.getByRole('textbox', { name: 'Policy text' }).focus();
  await tab.keyboard.press('Control+g');
  await tab.keyboard.type(String(FIRST_LINE + (key === 'F10' ? 0 : STEPS)));
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('F9');
  await tab.keyboard.press('F5');
  await tab.getByText('paused on breakpoint').waitFor();
  const times: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const shown = await tab.evaluate<number>(
      `performance.getEntriesByName('workbench-debug-stop-shown').length`,
    );
    await tab.keyboard.press(key);
    // A function: the page's policy lets no text be evaluated there.
    await tab.waitForFunction(
      (before) => performance.getEntriesByName('workbench-debug-stop-shown').length > before,
      shown,
    );
    times.push(await tab.evaluate<number>(NEWEST_STEP));
  }
  // The next page begins without the breakpoint.
  await tab.keyboard.press('Shift+F5');
  await tab.getByRole('button', { name: 'Remove all breakpoints' }).click();
  await tab.close();
  return times;
}

function reading(subject: string, times: readonly number[]) {
  const p95 = percentile(times, 95);
  return {
    subject: `${subject}, p95 of ${STEPS}`,
    value: `${p95.toFixed(0)} ms`,
    aim: `under ${AIM_MS} ms`,
    met: p95 < AIM_MS,
  };
}

try {
  const readings = [
    reading('a step on screen', await stepped('F10')),
    reading('a step back on screen', await stepped('Alt+F10')),
  ];
  process.stdout.write(`${renderTable([], readings)}\n`);
} finally {
  await browser.close();
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}
