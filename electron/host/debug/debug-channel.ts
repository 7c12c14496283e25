/** The host's end of the wire to one debugged context: asks it while it stands still, and lets it go on. */
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswers,
  DebugQuery,
  LoggedLine,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { DebugCommand, DebugOrder, DebugReport, DebugWire } from './debug-messages.ts';

/** An answer may need the script to run; one that takes longer than this never comes, most likely. */
const ANSWER_WITHIN_MS = 3_000;

export interface ChannelListener {
  readonly onStopped: (stop: Stop) => void;
  readonly onLogged: (line: LoggedLine) => void;
  readonly onPlaced: (places: readonly BreakpointPlace[]) => void;
}

/** Why there is no answer; `message` is a sentence for the person. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

interface Question {
  readonly resolve: (value: DebugAnswers[DebugQuery['kind']]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class DebugChannel {
  readonly wire: DebugWire;
  /** See `DebugCommand`. */
  pass = 0;
  readonly #listener: ChannelListener;
  readonly #commands: MessagePort;
  readonly #signal: Int32Array;
  readonly #questions = new Map<number, Question>();
  #lastQuestion = 0;
  #standing: Stop | undefined;
  #hangs = false;

  constructor(listener: ChannelListener) {
    this.#listener = listener;
    const { port1, port2 } = new MessageChannel();
    this.#commands = port1;
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#signal = new Int32Array(signal);
    this.wire = { commands: port2, signal };
  }

  /** Where the script stands still; undefined while it runs. */
  get standing(): Stop | undefined {
    return this.#standing;
  }

  /** A question was not answered in time: the script can only be ended. */
  get hangs(): boolean {
    return this.#hangs;
  }

  receive(report: DebugReport): void {
    switch (report.kind) {
      case 'stopped':
        this.#standing = report.stop;
        this.#listener.onStopped(report.stop);
        break;
      case 'answer': {
        const question = this.#take(report.id);
        if (question === undefined) break;
        const { answer } = report;
        if (answer.ok) question.resolve(answer.value);
        else question.reject(new NoAnswer(answer.error));
        break;
      }
      case 'logged':
        this.#listener.onLogged(report.line);
        break;
      case 'placed':
        this.#listener.onPlaced(report.places);
        break;
    }
  }

  /** Rejects with a sentence when there is no answer, after 3 s at the latest. */
  ask<K extends DebugQuery['kind']>(
    query: Extract<DebugQuery, { kind: K }>,
  ): Promise<DebugAnswers[K]> {
    const answer = new Promise<DebugAnswers[DebugQuery['kind']]>((resolve, reject) => {
      if (this.#hangs) {
        reject(new NoAnswer('The script hangs in an evaluation; end it.'));
        return;
      }
      if (this.#standing === undefined) {
        reject(new NoAnswer('The script is running; pause it first.'));
        return;
      }
      const id = ++this.#lastQuestion;
      const timer = setTimeout(() => {
        this.#hangs = true;
        this.#take(id);
        reject(new NoAnswer(tooLong(query)));
      }, ANSWER_WITHIN_MS);
      this.#questions.set(id, { resolve, reject, timer });
      this.#send({ kind: 'ask', id, query });
    });
    return answer as Promise<DebugAnswers[K]>;
  }

  /** Does nothing when the script runs already. */
  resume(resume: Resume): void {
    if (this.#standing === undefined) return;
    this.#standing = undefined;
    this.#send({ kind: 'resume', resume });
  }

  /** Takes effect at the script's next line, or at once where it stands still. */
  setBreakpoints(set: BreakpointSet): void {
    this.#send({ kind: 'breakpoints', set });
  }

  /** The script stops at its next line. */
  pause(): void {
    this.#send({ kind: 'pause' });
  }

  /** Leaves a replay, wherever it is: at its next line, or at once where it stands still. */
  leave(): void {
    this.#standing = undefined;
    this.#send({ kind: 'leave' });
  }

  /** The context is gone: nobody answers any more. */
  close(): void {
    this.#standing = undefined;
    for (const id of [...this.#questions.keys()]) {
      this.#take(id)?.reject(new NoAnswer('The script has ended.'));
    }
    this.#commands.close();
  }

  #send(order: DebugOrder): void {
    const command: DebugCommand = { ...order, pass: this.pass };
    this.#commands.postMessage(command);
    Atomics.add(this.#signal, 0, 1);
    Atomics.notify(this.#signal, 0);
  }

  #take(id: number): Question | undefined {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    clearTimeout(question?.timer);
    return question;
  }
}

function tooLong(query: DebugQuery): string {
  const what = query.kind === 'evaluate' ? `Evaluating ${query.expression}` : 'The answer';
  return `${what} takes longer than ${ANSWER_WITHIN_MS / 1000} s, so the script can only be ended.`;
}
