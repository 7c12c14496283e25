import type { Frame } from '../wire/frame-parser.ts';

/** Beyond this a blocked publisher is no longer read from. */
const fullBytes = 1024 * 1024;

/**
 * The frames of blocked publishers, by channel, until they may go on. Only publishing is held up:
 * the connection itself and channels that do not publish stay served, heartbeats and closing
 * included.
 */
export class HeldFrames {
  #frames: Frame[] = [];
  readonly #channels = new Set<number>();
  #bytes = 0;

  get isFull(): boolean {
    return this.#bytes > fullBytes;
  }

  /** Once one frame of a channel is held, those behind it must wait too. */
  holds(channel: number): boolean {
    return this.#channels.has(channel);
  }

  hold(frame: Frame): void {
    this.#frames.push(frame);
    this.#channels.add(frame.channel);
    this.#bytes += frame.payload.length;
  }

  /** All of them in the order of arrival; none is held afterwards. */
  release(): Frame[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#channels.clear();
    this.#bytes = 0;
    return frames;
  }
}
