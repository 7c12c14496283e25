/**
 * Makes the memory of wasmoon's module a shared one, so that another thread can look at and interrupt
 * a script that no longer answers (lua54-interrupt.ts). The code stays as it is.
 */

const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
/** Limits flags of the binary format: a maximum is given; and with it, shared. */
const WITH_MAXIMUM = 1;
const SHARED_WITH_MAXIMUM = 3;

/**
 * @param bytes the module in WebAssembly's binary format
 * @returns a copy whose one memory is shared
 * @throws Error when the module has no memory of its own with a maximum size
 */
export function withSharedMemory(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  let at = HEADER_BYTES;
  while (at < copy.length) {
    const section = copy[at];
    const size = readUnsigned(copy, at + 1);
    if (section === MEMORY_SECTION) {
      // The section holds the number of memories, then the flags of the first.
      const flags = size.next + 1;
      if (copy[size.next] !== 1 || copy[flags] !== WITH_MAXIMUM) break;
      copy[flags] = SHARED_WITH_MAXIMUM;
      return copy;
    }
    at = size.next + size.value;
  }
  throw new Error(
    'This Lua 5.4 module is not the one of wasmoon 1.16.0: its memory is declared differently. ' +
      'Install the version that package-lock.json names.',
  );
}

/** An unsigned LEB128 number and where it ends. */
function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  let shift = 0;
  let next = at;
  for (;;) {
    const byte = bytes[next++];
    if (byte === undefined) throw new Error('The Lua 5.4 module is cut off.');
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next };
    shift += 7;
  }
}
