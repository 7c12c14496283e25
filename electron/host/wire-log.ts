/** The frames of one connection, bounded: the first ones, which hold the handshake, and the newest. */
import { fieldsText } from '../amqp/wire-trace/frame-text.ts';
import type { WireFrame } from '../amqp/wire-trace/wire-frame.ts';
import type { WireConnection, WireFilter } from '../bridge/wire.ts';

const FIRST_KEPT = 100;
const NEWEST_KEPT = 2_500;

export class WireLog {
  readonly #about: Pick<WireConnection, 'id' | 'address' | 'purpose' | 'at'>;
  readonly #first: WireFrame[] = [];
  /** A ring: the oldest is at `#count` modulo its size, once it is full. */
  readonly #newest: WireFrame[] = [];
  #count = 0;

  constructor(about: Pick<WireConnection, 'id' | 'address' | 'purpose' | 'at'>) {
    this.#about = about;
  }

  add(frame: WireFrame): void {
    if (this.#first.length < FIRST_KEPT) this.#first.push(frame);
    else this.#newest[(this.#count - FIRST_KEPT) % NEWEST_KEPT] = frame;
    this.#count += 1;
  }

  describe(): WireConnection {
    const dropped = this.#count - this.#first.length - this.#newest.length;
    return { ...this.#about, frames: this.#count, dropped };
  }

  matching(filter: WireFilter): WireFrame[] {
    const matches = matcherOf(filter);
    return this.#frames().filter(matches);
  }

  #frames(): WireFrame[] {
    const start = Math.max(this.#count - FIRST_KEPT, 0) % NEWEST_KEPT;
    const isFull = this.#newest.length === NEWEST_KEPT;
    const newest = isFull
      ? [...this.#newest.slice(start), ...this.#newest.slice(0, start)]
      : this.#newest;
    return [...this.#first, ...newest];
  }
}

function matcherOf({ text, direction }: WireFilter): (frame: WireFrame) => boolean {
  const words = text.toLowerCase().split(/\s+/);
  const wanted = words.filter((word) => word !== '' && !word.startsWith('-'));
  const unwanted = words.filter((word) => word.length > 1 && word.startsWith('-'));
  return (frame) => {
    if (direction !== 'both' && frame.direction !== direction) return false;
    if (wanted.length + unwanted.length === 0) return true;
    const held = `${frame.name} ch ${frame.channel} ${fieldsText(frame)}`.toLowerCase();
    return (
      wanted.every((word) => held.includes(word)) &&
      !unwanted.some((word) => held.includes(word.slice(1)))
    );
  };
}
