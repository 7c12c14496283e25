/** Bytes as text in a recording: one character for each byte (latin1), so that nothing is lost. */

import { decodeUtf8 } from '../vm/platform.ts';

const CHUNK = 8192;

export function latin1(bytes: Uint8Array): string {
  // Policies and messages are ASCII for the most part, where the platform's decoder is much faster.
  if (isAscii(bytes)) return decodeUtf8(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return text;
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

/** The bytes that `latin1` was given. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
