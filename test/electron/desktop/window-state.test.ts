import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWindowState, writeWindowState } from '../../../electron/desktop/window-state.ts';

let folder: string;
let file: string;
const display = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { x: 100, y: 50, width: 1200, height: 800, maximized: false };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'window-state-'));
  file = path.join(folder, 'window.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what was written is read', () => {
  writeWindowState(file, state);
  expect(readWindowState(file, [display])).toEqual(state);
});

test('on a second display it is remembered while that display is there', () => {
  const there = { ...state, x: 2000 };
  writeWindowState(file, there);
  expect(readWindowState(file, [display, { ...display, x: 1920 }])).toEqual(there);
  expect(readWindowState(file, [display])).toBeUndefined();
});

test('a title bar out of reach is forgotten', () => {
  for (const out of [{ y: -100 }, { y: 1070 }, { x: -1150 }, { x: 1900 }]) {
    writeWindowState(file, { ...state, ...out });
    expect(readWindowState(file, [display]), JSON.stringify(out)).toBeUndefined();
  }
});

test.each(['', '{', '{"x":1}', '{"x":0,"y":0,"width":1,"height":1,"maximized":false}'])(
  'a damaged file is no state: %s',
  (text) => {
    writeFileSync(file, text);
    expect(readWindowState(file, [display])).toBeUndefined();
  },
);

test('no file is no state', () => {
  expect(readWindowState(file, [display])).toBeUndefined();
});
