/** The eight octets that a client begins with (AMQP 0-9-1 section 4.2.2), and RabbitMQ's answers to them. */
import type { Dialect } from '../dialects.ts';

export const protocolHeaderBytes = 8;

const ours = headerOf('\0\0\x09\x01');
/** AMQP 1.0, without and with SASL: whoever begins so must not take our answer for a yes. */
const amqp10 = [headerOf('\0\x01\0\0'), headerOf('\x03\x01\0\0')];

/** True for what RabbitMQ takes for AMQP 0-9-1: its header, and those of the drafts before it. */
export function isProtocolHeader(header: Buffer, { protocolVersions }: Dialect): boolean {
  return protocolVersions.some((version) => headerOf(version).equals(header));
}

/** What is said to a client of anything else, before it is hung up on. */
export function answerToOthers(header: Buffer, { offeredVersion }: Dialect): Buffer {
  const isAmqp0 = header.subarray(0, 6).equals(ours.subarray(0, 6));
  return isAmqp0 || amqp10.some((other) => other.equals(header)) ? ours : headerOf(offeredVersion);
}

function headerOf(version: string): Buffer {
  return Buffer.from(`AMQP${version}`, 'latin1');
}
