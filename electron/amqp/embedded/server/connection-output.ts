import type { Writable } from 'node:stream';
import { contentFrames, heartbeatFrame, methodFrame } from '../wire/frame-writer.ts';
import type { Content } from '../wire/frame-writer.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { Confirms } from './confirms.ts';
import type { Heartbeat } from './heartbeat.ts';
import { Outbox } from './outbox.ts';

/** What one connection sends: frames, and the confirms that gather while its input is handled. */
export class ConnectionOutput {
  /** The largest whole frame the client takes. */
  maxFrameBytes: number;
  readonly #outbox: Outbox;
  readonly #heartbeat: Heartbeat;
  readonly #unflushed = new Set<Confirms>();

  constructor(stream: Writable, heartbeat: Heartbeat, maxFrameBytes: number) {
    this.#outbox = new Outbox(stream);
    this.#heartbeat = heartbeat;
    this.maxFrameBytes = maxFrameBytes;
  }

  get isBehind(): boolean {
    return this.#outbox.isBehind;
  }

  send<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>> = {},
  ): void {
    this.#write(methodFrame(channel, name, args));
  }

  sendContent<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>>,
    content: Content,
  ): void {
    for (const bytes of contentFrames(channel, name, args, content, this.maxFrameBytes)) {
      this.#write(bytes);
    }
  }

  sendHeartbeat(): void {
    this.#write(heartbeatFrame);
  }

  flushLater(confirms: Confirms): void {
    this.#unflushed.add(confirms);
  }

  flushConfirms(): void {
    for (const confirms of this.#unflushed) confirms.flush();
    this.#unflushed.clear();
  }

  dropConfirms(): void {
    this.#unflushed.clear();
  }

  #write(bytes: Uint8Array): void {
    this.#heartbeat.sent();
    this.#outbox.write(bytes);
  }
}
