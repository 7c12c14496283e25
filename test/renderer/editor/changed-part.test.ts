import { expect, it } from 'vitest';
import { changedPart } from '../../../renderer/editor/changed-part.ts';

function replaced(before: string, after: string): string {
  const part = changedPart(before, after);
  return part ? before.slice(0, part.start) + part.text + before.slice(part.end) : before;
}

it.each([
  ['a\nb\nc', 'a\nX\nc'],
  ['a\nb\nc', 'a\nb\nb\nc'],
  ['a\nb\nb\nc', 'a\nb\nc'],
  ['', 'a\n'],
  ['a\n', ''],
  ['a', 'a\n'],
  ['one\ntwo\n', 'zero\none\ntwo\n'],
  ['one\ntwo\n', 'one\ntwo\nthree\n'],
  ['aaaa', 'aa'],
  ['x\ny', 'x\nxy'],
  ['\nx', 'y\nx'],
  ['\n\n', '\n'],
])('%j becomes %j', (before, after) => {
  expect(replaced(before, after)).toBe(after);
});

it('is only the lines that differ', () => {
  expect(changedPart('a\nb\nc\nd', 'a\nB\nc\nd')).toEqual({ start: 2, end: 4, text: 'B\n' });
  expect(changedPart('a\nb\n', 'a\nnew\nb\n')).toEqual({ start: 2, end: 2, text: 'new\n' });
  expect(changedPart('same', 'same')).toBeUndefined();
});
