/**
 * What this adapter says beyond the Debug Adapter Protocol, for a client that can show a recording:
 * requests and an event in the namespace `kumo/`, as DAP allows for custom ones, and the arguments of
 * its launch request. A client that knows none of them misses nothing that DAP itself has.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Entry, JsonValue } from '../../recording/entries.ts';
import type { RunPosition, Tick } from '../debugger-contract.ts';
import type { ReadingRequest, ReadingResults } from '../run-reading.ts';

/**
 * Arguments of `launch`. Exactly one of `queue`, `event` and `recording` says what is run; paths are
 * absolute, or relative to the adapter's working folder.
 */
export interface KumoLaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** A .lua file, or a folder with init.lua. */
  program: string;
  /** Delivers messages through this scheduled queue: `[[campaign:]tenant@]domain[!routing_domain]`. */
  queue?: string;
  /** With `queue`: the file with the message's bytes. */
  data?: string;
  /** With `queue`: the envelope. */
  sender?: string;
  recipient?: string;
  /** With `queue`: the message's metadata. */
  meta?: { [name: string]: JsonValue };
  /** With `queue`: the first message's id, 32 hexadecimal digits, which tell its age. */
  id?: string;
  /** With `queue`: attempts before this one. */
  numAttempts?: number;
  /** With `queue`: how many messages. */
  count?: number;
  /** Fires this event's handler with `args` and delivers nothing. */
  event?: string;
  args?: JsonValue[];
  /** Debugs a finished run: a file that `deliver --json` wrote. */
  recording?: string;
  /** `embedded`, an AMQP URL, `as-written` or the name of a broker profile. */
  broker?: string;
  /** Of the embedded broker: `nack`, `unroutable`, `delay:MS`, … */
  fault?: string;
  /** Which RabbitMQ the embedded broker is like. */
  dialect?: string;
  engine?: 'lua54' | 'fengari';
  /** The KumoMTA release that the policy is written for. */
  kumomta?: string;
  stopOnEntry?: boolean;
  /** Stands still when the run is over, so that one can go back from there. */
  stopOnEnd?: boolean;
}

/** Arguments and response body of each custom request, by its command. */
export interface KumoRequests {
  /** Where the run stands, also while it runs. */
  'kumo/position': { arguments: undefined; body: RunPosition };
  /** Goes to any tick of the run, back or forth; a `stopped` event with reason `goto` follows. */
  'kumo/seek': { arguments: { readonly tick: Tick }; body: undefined };
  /**
   * Runs on until this line, wherever else it passes; breakpoints still count. A `stopped` event with
   * reason `goto` follows.
   */
  'kumo/runTo': {
    arguments: { readonly source: DebugProtocol.Source; readonly line: number };
    body: undefined;
  };
  /** Entries of the recording that are worth a mark on a slider over the run. */
  'kumo/marks': {
    arguments: undefined;
    body: { readonly marks: readonly { readonly tick: Tick; readonly entry: Entry }[] };
  };
  /**
   * Goes back to the line that gave this variable the value it has: `variablesReference` is that of
   * its container (a scope or a table), as in `setVariable`. A `stopped` event follows.
   */
  'kumo/lastChange': {
    arguments: { readonly variablesReference: number; readonly name: string };
    body: undefined;
  };
  /**
   * Reads the run so far once more: log points added afterwards, coverage, profile. Files are relative
   * to the policy's folder with `/` separators, lines start at 1, whatever `initialize` said.
   */
  'kumo/readings': {
    arguments: { readonly reading: ReadingRequest };
    body: { readonly result: ReadingResults[keyof ReadingResults] };
  };
  /** The recording so far: entries whose `seq` is above `after` (default 0), at most `limit` (500). */
  'kumo/entries': {
    arguments: { readonly after?: number; readonly limit?: number } | undefined;
    body: { readonly entries: readonly Entry[]; readonly total: number };
  };
}

export type KumoCommand = keyof KumoRequests;

/** Comes right before each `stopped` event. */
export interface KumoPositionEvent extends DebugProtocol.Event {
  event: 'kumo/position';
  body: RunPosition;
}

/** The body of `stopped` says more than DAP's: which of our reasons it was, and where on the slider. */
export interface KumoStoppedEvent extends DebugProtocol.StoppedEvent {
  body: DebugProtocol.StoppedEvent['body'] & {
    kumo: { readonly reason: string; readonly tick: Tick };
  };
}
