/** The worker's end of the wire: takes commands while the thread is blocked or a script runs in it. */
import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { DebugCommand, DebugWire } from './debug-messages.ts';

/** One for each wire: it counts what it took. */
export class CommandInbox {
  /** Commands for another pass are dropped: they came too late. */
  pass = 0;
  readonly #commands: MessagePort;
  readonly #sent: Int32Array;
  #taken = 0;

  constructor({ commands, signal }: DebugWire) {
    this.#commands = commands;
    this.#sent = new Int32Array(signal);
  }

  /** Whether there is something to take. Cheap: asked all the time. */
  get hasNews(): boolean {
    return Atomics.load(this.#sent, 0) !== this.#taken;
  }

  /** The next command, if one is there. */
  take(): DebugCommand | undefined {
    for (;;) {
      const received = receiveMessageOnPort(this.#commands);
      if (received === undefined) return undefined;
      this.#taken++;
      const command = received.message as DebugCommand;
      if (command.pass === this.pass) return command;
    }
  }

  /** Blocks the thread until a command is there. */
  wait(): DebugCommand {
    for (;;) {
      const command = this.take();
      if (command !== undefined) return command;
      Atomics.wait(this.#sent, 0, this.#taken);
    }
  }
}
