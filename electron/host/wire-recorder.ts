/** Records the AMQP frames of the connections that the workbench makes, when asked to. */
import type { BrokerAddress } from '../amqp/client-contract.ts';
import { formatAddress } from '../amqp/client/amqp-uri.ts';
import { ConnectionTrace, COUNTED_TAG } from '../amqp/wire-trace/connection-trace.ts';
import { fieldsText, frameLine } from '../amqp/wire-trace/frame-text.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { CallInput, CallOutput } from '../bridge/contract.ts';
import type { WireConnection, WireState } from '../bridge/wire.ts';
import { WireLog } from './wire-log.ts';

/** Above this many the oldest connection's frames are forgotten. */
const CONNECTIONS_KEPT = 40;

export class WireRecorder {
  readonly #onChanged: () => void;
  readonly #logs = new Map<number, WireLog>();
  #recording = false;
  #lastId = 0;

  /** `onChanged` is called for every frame. */
  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** Undefined while nothing is recorded: then a connection costs what it always does. */
  trace(address: BrokerAddress, purpose: WireConnection['purpose']): ConnectionTrace | undefined {
    if (!this.#recording) return undefined;
    const id = ++this.#lastId;
    const log = new WireLog({ id, address: formatAddress(address), purpose, at: Date.now() });
    this.#logs.set(id, log);
    for (const oldest of this.#logs.keys()) {
      if (this.#logs.size <= CONNECTIONS_KEPT) break;
      this.#logs.delete(oldest);
    }
    this.#onChanged();
    return new ConnectionTrace(id, (frame) => {
      log.add(frame);
      this.#onChanged();
    });
  }

  record(on: boolean): void {
    this.#recording = on;
    this.#onChanged();
  }

  /** What is still to come of open connections is forgotten too. */
  clear(): void {
    this.#logs.clear();
    this.#onChanged();
  }

  state(): WireState {
    const connections = [...this.#logs.values()].map((log) => log.describe());
    return { recording: this.#recording, connections };
  }

  /** Throws BridgeError when the connection is forgotten. */
  window(input: CallInput<'wire.window'>): CallOutput<'wire.window'> {
    const { connection, filter, offset, limit } = input;
    const all = this.#log(connection).matching(filter);
    const frames = all.slice(offset, offset + limit).map((frame) => ({
      ...frame,
      text: fieldsText(frame),
      fields: frame.fields.map(([name, value]): [string, string] => [name, value]),
    }));
    return { frames, offset, matching: all.length };
  }

  /** Undefined when the frame, its connection, or the host that recorded it is gone. */
  find({ connection, delivery_tag, at }: CallInput<'wire.find'>): CallOutput<'wire.find'> {
    const log = this.#logs.get(connection);
    // A recording that was opened may be another host's, which counted its own connections.
    if (log === undefined || log.describe().at > at) return { place: null };
    const all = log.matching({ text: '', direction: 'both' });
    const place = all.findIndex(
      ({ name, fields }) =>
        name === 'basic.publish' &&
        fields.some(([field, value]) => field === COUNTED_TAG && value === String(delivery_tag)),
    );
    return { place: place < 0 ? null : place };
  }

  /** Throws BridgeError when the connection is forgotten. */
  text({ connection, filter }: CallInput<'wire.text'>): CallOutput<'wire.text'> {
    const log = this.#log(connection);
    const frames = log.matching(filter);
    const { address, dropped } = log.describe();
    const head = [`Connection ${connection} to ${address}`];
    if (dropped > 0) head.push(`${dropped} frames after the first ones are no longer kept`);
    return { text: `${[...head, ...frames.map(frameLine)].join('\n')}\n`, frames: frames.length };
  }

  #log(connection: number): WireLog {
    const log = this.#logs.get(connection);
    if (log === undefined) {
      throw new BridgeError('not-found', `Connection ${connection} is no longer recorded.`);
    }
    return log;
  }
}
