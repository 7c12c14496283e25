/**
 * A hundred thousand deliveries, started in the window and streamed to its table: the frames and the
 * blocks of the page's main thread, and the memory of the host. Beside it the same page while nothing
 * streams and a run of the command line, which no page follows, loads the machine as much: what is
 * the machine's share and not the table's.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { launchChromium } from './chromium.ts';
import { FrameRecording, type FrameTimes } from './frame-times.ts';
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
/**
 * Bounded means: nothing but a row each, of which the host keeps 200,000 at most, and garbage.
 */
const MOST_BYTES_A_DELIVERY = 2048;
const LOOK_EVERY_MS = 200;
const IDLE_MS = 15_000;
const MEGABYTE = 1024 * 1024;

/** The sample, with a queue that keeps its last message only: what waits in it is not the subject. */
async function policyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'workbench-bench-rows-'));
  await cp(path.join(projectFolder, 'lua-runtime/samples/amqp-routing'), folder, {
    recursive: true,
  });
  const queue = { name: 'logging', vhost: '/', durable: true, auto_delete: false };
  const definitions = { queues: [{ ...queue, arguments: { 'x-max-length': 1 } }] };
  await writeFile(path.join(folder, 'definitions.json'), JSON.stringify(definitions));
  return folder;
}

const folder = await policyFolder();
const workbench = await serveWorkbench(folder);
const browser = await launchChromium();

async function openWorkbench(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(await workbench.nextUrl());
  await page.getByRole('textbox', { name: 'Domain', exact: true }).fill('amqp');
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

function workReading(subject: string, { taskCpu }: FrameTimes, aim?: string): Reading {
  const longest = Math.max(...taskCpu);
  return {
    subject,
    value: `${longest.toFixed(1)} ms`,
    ...(aim === undefined ? {} : { aim, met: longest <= LONGEST_FRAME_MS }),
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
  const each = (late - early) / (DELIVERIES - EARLY);
  const shown = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;
  return {
    subject: 'host memory (RSS), largest up to 30,000 and to 100,000',
    value: `${shown(early)}, then ${shown(late)}: ${Math.round(each)} B a delivery`,
    aim: `at most ${MOST_BYTES_A_DELIVERY} B a delivery`,
    met: each <= MOST_BYTES_A_DELIVERY,
  };
}

try {
  const page = await openWorkbench();
  await page.getByRole('spinbutton', { name: 'Messages' }).fill(String(DELIVERIES));
  await page.getByRole('spinbutton', { name: 'Sessions' }).fill(String(SESSIONS));
  await page.getByTestId('answer').getByRole('button', { name: 'Deliver' }).click();

  await untilRows(page, WARM_UP);
  const recording = await FrameRecording.start(page);
  const started = performance.now();
  const early = await untilRows(page, EARLY);
  const late = await untilRows(page, DELIVERIES);
  const seconds = (performance.now() - started) / 1000;
  const streaming = await recording.stop();

  const idle = await besideARun(async () => {
    const recording = await FrameRecording.start(page);
    await page.waitForTimeout(IDLE_MS);
    return await recording.stop();
  });

  process.stdout.write(
    `${renderTable(
      [],
      [
        {
          subject: `rows streamed to the table, ${SESSIONS} sessions, embedded broker`,
          value: `${Math.round((DELIVERIES - WARM_UP) / seconds)} /s`,
        },
        workReading(
          "longest task of the page's main thread, in CPU time",
          streaming,
          `at most ${LONGEST_FRAME_MS} ms`,
        ),
        workReading('  same page idle, same load on the machine', idle),
        blocksReading(
          "blocks of the page's main thread over 50 ms, by the clock",
          streaming,
          'none',
        ),
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
  await rm(folder, { recursive: true, force: true });
}
