/**
 * A minute of live view at about 5,000 recording entries a second: frames and main thread of the page
 * while rows stream (the first half) and while a person scrolls through them (the second), and the
 * memory of host and page over it.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { launchChromium } from './chromium.ts';
import { FrameRecording, type FrameTimes } from './frame-times.ts';
import { percentile, type Reading } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { serveWorkbench } from './served-pages.ts';
import { renderTable } from './table.ts';

const ENTRIES_A_SECOND = 5_000;
const SECONDS = 60;
const SESSIONS = 4;
const LONGEST_FRAME_MS = 50;
/** Of a display of 60 Hz, with what a timer may be off. */
const FRAME_MS = 1000 / 60 + 1;
/** Between two turns of the wheel. */
const WHEEL_MS = 80;
const CALIBRATION_MS = 4_000;
/** Growth over the second half that is still called flat: garbage and the rows of the ring. */
const FLAT_PERCENT = 10;
const MEGABYTE = 1024 * 1024;

const sample = path.join(projectFolder, 'lua-runtime/samples/amqp-routing');
const deliver = [path.join(projectFolder, 'dist/cli/cli.js'), 'deliver', sample, '--queue', 'amqp'];

/** How many entries the recording has for each message. */
function entriesADelivery(): number {
  const count = 100;
  const { stdout } = spawnSync(process.execPath, [...deliver, '--json', '--count', String(count)], {
    encoding: 'utf8',
    maxBuffer: 64 * MEGABYTE,
  });
  return stdout.split('\n').length / count;
}

/** The sample with a queue that keeps its last message only. */
async function policyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'workbench-bench-live-'));
  await cp(sample, folder, { recursive: true });
  const queue = { name: 'logging', vhost: '/', durable: true, auto_delete: false };
  const definitions = { queues: [{ ...queue, arguments: { 'x-max-length': 1 } }] };
  await writeFile(path.join(folder, 'definitions.json'), JSON.stringify(definitions));
  return folder;
}

/** The broker confirms so many milliseconds late. */
async function delayConfirms(page: Page, milliseconds: number): Promise<void> {
  await page.getByLabel('Fault rules').fill(milliseconds === 0 ? '' : `delay:${milliseconds}`);
  await page.getByRole('button', { name: 'Apply' }).click();
}

async function deliveriesASecond(page: Page, milliseconds: number): Promise<number> {
  const [rows, began] = [await rowsShown(page), performance.now()];
  await page.waitForTimeout(milliseconds);
  return ((await rowsShown(page)) - rows) / ((performance.now() - began) / 1000);
}

/** Holds confirms back so long that the sessions together deliver so many a second, if they can. */
async function settleAt(page: Page, wanted: number): Promise<void> {
  const trial = 10;
  await delayConfirms(page, trial);
  await page.waitForTimeout(CALIBRATION_MS / 2);
  const besides = (SESSIONS * 1000) / (await deliveriesASecond(page, CALIBRATION_MS)) - trial;
  const due = Math.max(Math.round((SESSIONS * 1000) / wanted - besides), 0);
  if (due !== trial) await delayConfirms(page, due);
}

async function rowsShown(page: Page): Promise<number> {
  const grid = page.getByRole('grid', { name: 'Deliveries' });
  return Number(await grid.getAttribute('aria-rowcount')) - 1;
}

async function pageMemory(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

async function scrollFor(page: Page, milliseconds: number): Promise<void> {
  await page.getByRole('grid', { name: 'Deliveries' }).hover();
  const until = performance.now() + milliseconds;
  for (let turn = 0; performance.now() < until; turn++) {
    // Far down, then up again, as who looks for something.
    await page.mouse.wheel(0, turn % 60 < 40 ? 300 : -600);
    await page.waitForTimeout(WHEEL_MS);
  }
}

function frameReadings(subject: string, { frames, taskCpu }: FrameTimes): Reading[] {
  const over = frames.filter((milliseconds) => milliseconds > LONGEST_FRAME_MS).length;
  const p50 = percentile(frames, 50);
  const longest = Math.max(...taskCpu);
  return [
    {
      subject: `frames ${subject}`,
      value: `p50 ${p50.toFixed(1)} ms, p99 ${percentile(frames, 99).toFixed(1)} ms, longest ${Math.max(...frames).toFixed(1)} ms, ${over} of ${frames.length} over ${LONGEST_FRAME_MS} ms`,
      aim: '60 a second, none over 50 ms',
      met: over === 0 && p50 <= FRAME_MS,
    },
    {
      subject: `  longest task of the page's main thread, in CPU time`,
      value: `${longest.toFixed(1)} ms`,
      aim: `at most ${LONGEST_FRAME_MS} ms`,
      met: longest <= LONGEST_FRAME_MS,
    },
  ];
}

function memoryReading(subject: string, values: readonly [number, number, number]): Reading {
  const [, half, end] = values;
  const growth = (100 * (end - half)) / half;
  return {
    subject,
    value: `${values.map((bytes) => `${Math.round(bytes / MEGABYTE)} MB`).join(', ')}: ${growth.toFixed(1)} % in the second half`,
    aim: `flat: at most ${FLAT_PERCENT} %`,
    met: growth <= FLAT_PERCENT,
  };
}

const each = entriesADelivery();
const folder = await policyFolder();
const workbench = await serveWorkbench(folder);
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(await workbench.nextUrl());
  await page.getByRole('textbox', { name: 'Domain', exact: true }).fill('amqp');
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  await page.getByRole('spinbutton', { name: 'Messages' }).fill('1000000');
  await page.getByRole('spinbutton', { name: 'Sessions' }).fill(String(SESSIONS));
  await page.getByTestId('answer').getByRole('button', { name: 'Deliver' }).click();
  await expect.poll(() => rowsShown(page), { timeout: 60_000 }).toBeGreaterThan(1_000);
  await settleAt(page, ENTRIES_A_SECOND / each);

  const host: number[] = [await workbench.residentMemory()];
  const heap: number[] = [await pageMemory(page)];
  const look = async (): Promise<void> => {
    host.push(await workbench.residentMemory());
    heap.push(await pageMemory(page));
  };
  const rows = await rowsShown(page);
  const began = performance.now();
  const streamed = await FrameRecording.start(page);
  await page.waitForTimeout((SECONDS / 2) * 1000);
  const streaming = await streamed.stop();
  const rate = (each * ((await rowsShown(page)) - rows)) / ((performance.now() - began) / 1000);
  await look();
  const scrolled = await FrameRecording.start(page);
  await scrollFor(page, (SECONDS / 2) * 1000);
  const scrolling = await scrolled.stop();
  await look();

  const three = (values: readonly number[]) =>
    [values[0], values[1], values[2]] as [number, number, number];
  process.stdout.write(
    `${renderTable(
      [],
      [
        {
          subject: `entries a second, ${SESSIONS} sessions, embedded broker`,
          value: `${Math.round(rate)} (${each.toFixed(1)} a delivery)`,
        },
        ...frameReadings('while rows stream', streaming),
        ...frameReadings('while scrolling through them', scrolling),
        memoryReading('host memory (RSS) at the start, after 30 s, after 60 s', three(host)),
        memoryReading("page's heap after collection, the same", three(heap)),
      ],
    )}\n`,
  );
} finally {
  await browser.close();
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}
