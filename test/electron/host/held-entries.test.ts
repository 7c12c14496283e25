import { expect, test } from 'vitest';
import { HeldEntries } from '../../../electron/host/held-entries.ts';
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';

const print = (text: string, session?: number): EntryBody => ({
  kind: 'print',
  source: 'print',
  level: 'info',
  at: 1,
  text,
  ...(session === undefined ? {} : { session }),
});

function heldEntries() {
  const texts: string[] = [];
  const held = new HeldEntries((entry) => {
    if (entry.kind === 'print') texts.push(entry.text);
  });
  return { held, texts };
}

test('what the broker says of a held session comes after what led to it', () => {
  const { held, texts } = heldEntries();
  held.hold(1);
  held.add(print('publish', 1));
  held.add(print('verdict', 1));
  texts.push('host-call');
  held.release(1);
  expect(texts).toEqual(['host-call', 'publish', 'verdict']);
});

test('another session waits for nothing', () => {
  const { held, texts } = heldEntries();
  held.hold(1);
  held.add(print('of 2', 2));
  held.add(print('of none'));
  expect(texts).toEqual(['of 2', 'of none']);
});

test('nothing is held after the release', () => {
  const { held, texts } = heldEntries();
  held.hold(1);
  held.release(1);
  held.add(print('later', 1));
  expect(texts).toEqual(['later']);
});
