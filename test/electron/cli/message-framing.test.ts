import { describe, expect, test } from 'vitest';
import { FramingError, framed, MessageReader } from '../../../electron/cli/message-framing.ts';

function readAll(chunks: readonly Uint8Array[]): unknown[] {
  const messages: unknown[] = [];
  const reader = new MessageReader((message) => messages.push(message));
  for (const chunk of chunks) reader.add(chunk);
  reader.end();
  return messages;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('a stream of messages', () => {
  const sent = [{ seq: 1, command: 'initialize' }, { text: 'Grüße, 世界 🌍' }, {}];
  const stream = bytes(sent.map(framed).join(''));

  test('gives back what was framed, other alphabets included', () => {
    expect(readAll([stream])).toEqual(sent);
  });

  test('may be cut anywhere, also within a character', () => {
    expect(readAll([...stream].map((byte) => Uint8Array.of(byte)))).toEqual(sent);
  });

  test('may have other header fields, in any spelling', () => {
    const header = 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: 2';
    expect(readAll([bytes(`${header}\r\n\r\n{}`)])).toEqual([{}]);
  });
});

describe.each([
  ['a line that is no header', 'hello\r\n\r\n{}', 'is no header'],
  ['no Content-Length', 'Content-Type: text/plain\r\n\r\n{}', 'without Content-Length'],
  ['a length that is no number', 'Content-Length: many\r\n\r\n{}', 'Content-Length must be'],
  ['a negative length', 'Content-Length: -1\r\n\r\n{}', 'Content-Length must be'],
  ['an enormous length', 'Content-Length: 99999999999\r\n\r\n', 'Content-Length must be'],
  ['a body that is no JSON', 'Content-Length: 4\r\n\r\n{"a}', 'is not JSON'],
  ['a header without end', 'x'.repeat(5_000), 'in its first 4096 bytes'],
  ['an end within a body', 'Content-Length: 10\r\n\r\n{}', 'in the middle of a message'],
  ['an end within a header', 'Content-Len', 'in the middle of a message'],
])('%s', (_what, text, said) => {
  test('is told in one sentence', () => {
    expect(() => readAll([bytes(text)])).toThrow(FramingError);
    expect(() => readAll([bytes(text)])).toThrow(said);
  });
});
