/**
 * A hundred thousand deliveries, started in the window and streamed to its table: the frames and the
 * blocks of the page's main thread, and the memory of the host. Beside it the same page while nothing
 * streams and a run of the command line, which no page follows, loads the machine as much: what is
 * the machine's share and not the table's.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { launchChromium } from './chromium.ts';
import { startFrameTimes, takeFrameTimes, type FrameTimes } from './frame-times.ts';
import type { Reading } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { serveWorkbench } from './served-pages.ts';
import { renderTable } from './table.ts';

const DELIVERIES = 100_000;
/** From here on frames count: code is compiled, the table is on the page. */
const WARM_UP = 5_000;
/** When the memory is looked at first. */
const EARLY = 30_000;
const SESSIONS = 4;
const LONGEST_FRAME_MS = 50;
/** Room for the rows themselves, of which the host keeps 200,000 in memory, and for garbage. */
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;
const LOOK_EVERY_MS = 200;
const IDLE_MS = 15_000;
const MEGABYTE = 1024 * 1024;

const workbench = await serveWorkbench();
const browser = await launchChromium();

async function openWorkbench(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(await workbench.nextUrl());
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(
    'Goes to make.amqp',
  );
  return page;
}

/** How many rows the table says that it has. */
async function rowsShown(page: Page): Promise<number> {
  const grid = page.getByRole('grid', { name: 'Deliveries' });
  return Number(await grid.getAttribute('aria-rowcount')) - 1;
}

/** Looks until there are so many; answers the largest memory seen meanwhile. */
async function untilRows(page: Page, rows: number): Promise<number> {
  let largest = 0;
  for (;;) {
    largest = Math.max(largest, await workbench.residentMemory());
    if ((await rowsShown(page)) >= rows) return largest;
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
}

/** The same run on the command line, without a window, for as long as `meanwhile` takes. */
async function besideARun<T>(meanwhile: () => Promise<T>): Promise<T> {
  const child = spawn(
    process.execPath,
    [
      path.join(projectFolder, 'dist/cli/cli.js'),
      ...['deliver', path.join(projectFolder, 'lua-runtime/samples/amqp-routing')],
      ...['--queue', 'amqp', '--count', '1000000', '--sessions', String(SESSIONS)],
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  try {
    return await meanwhile();
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

function framesReading(subject: string, { frames }: FrameTimes, aim?: string): Reading {
  const sorted = frames.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  const over = frames.filter((milliseconds) => milliseconds > LONGEST_FRAME_MS).length;
  return {
    subject,
    value: `p99 ${p99.toFixed(1)} ms, longest ${(sorted.at(-1) ?? Number.NaN).toFixed(1)} ms, ${over} of ${frames.length} over ${LONGEST_FRAME_MS} ms`,
    ...(aim === undefined ? {} : { aim, met: over === 0 }),
  };
}

function blocksReading(subject: string, { longTasks }: FrameTimes, aim?: string): Reading {
  const over = longTasks.filter((milliseconds) => milliseconds > LONGEST_FRAME_MS);
  return {
    subject,
    value:
      over.length === 0 ? 'none' : `${over.length}, the longest ${Math.max(...over).toFixed(0)} ms`,
    ...(aim === undefined ? {} : { aim, met: over.length === 0 }),
  };
}

function memoryReading(early: number, late: number): Reading {
  const growth = late - early;
  const shown = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;
  return {
    subject: 'host memory (RSS), largest up to 30,000 and to 100,000',
    value: `${shown(early)}, then ${shown(late)}`,
    aim: `at most ${shown(MOST_GROWTH_BYTES)} more`,
    met: growth <= MOST_GROWTH_BYTES,
  };
}

try {
  const page = await openWorkbench();
  await page.getByRole('spinbutton', { name: 'Messages' }).fill(String(DELIVERIES));
  await page.getByRole('spinbutton', { name: 'Sessions' }).fill(String(SESSIONS));
  await page.getByTestId('answer').getByRole('button', { name: 'Deliver' }).click();

  await untilRows(page, WARM_UP);
  await startFrameTimes(page);
  const started = performance.now();
  const early = await untilRows(page, EARLY);
  const late = await untilRows(page, DELIVERIES);
  const seconds = (performance.now() - started) / 1000;
  const streaming = await takeFrameTimes(page);

  const idle = await besideARun(async () => {
    await startFrameTimes(page);
    await page.waitForTimeout(IDLE_MS);
    return await takeFrameTimes(page);
  });

  process.stdout.write(
    `${renderTable(
      [],
      [
        {
          subject: `rows streamed to the table, ${SESSIONS} sessions, embedded broker`,
          value: `${Math.round((DELIVERIES - WARM_UP) / seconds)} /s`,
        },
        blocksReading("blocks of the page's main thread over 50 ms", streaming, 'none'),
        blocksReading('  same page idle, same load on the machine', idle),
        framesReading('frames, as requestAnimationFrame sees them', streaming, 'none over 50 ms'),
        framesReading('  same page idle, same load on the machine', idle),
        memoryReading(early, Math.max(early, late)),
      ],
    )}\n`,
  );
} finally {
  await browser.close();
  await workbench.close();
}
