/** How RabbitMQ shows a payload in its error texts: the first 16 octets as an Erlang binary. */
export function describedPayload(payload: Buffer): string {
  const shown = payload.subarray(0, 16);
  const extent = payload.length > 16 ? 'first 16' : 'all';
  return `${extent} octets = ${erlangBinary(shown)}`;
}

/** `<<"abc">>` for printable bytes, `<<0,60>>` for others. */
export function erlangBinary(bytes: Buffer): string {
  if (bytes.length === 0) return '<<>>';
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return printable
    ? `<<${JSON.stringify(bytes.toString('latin1'))}>>`
    : `<<${[...bytes].join(',')}>>`;
}
