/**
 * The thread of the language service, from the host's side. One request is with the thread at a time;
 * the others wait here, so that one whose text was overtaken is never begun. A thread that dies is
 * started again with everything it was told.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AnalysisOptions } from '../../../lua-runtime/analysis/analysis-contract.ts';
import type { LastRun } from '../../../lua-runtime/analysis/last-run.ts';
import type {
  LanguageAnswers,
  LanguageMethod,
  LanguageRequest,
  RequestOf,
} from '../../../lua-runtime/analysis/service/language-requests.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { unpackedDistFolder } from '../../dist-folder.ts';
import type { LanguageCommand, LanguageMessage } from './language-messages.ts';

/** Nobody waits longer for an answer about a text. */
export const LANGUAGE_DEADLINE_MS = 20_000;
const HEAP_MEGABYTES = 1024;

export interface AskOptions {
  /** Drops a request of the same topic that was not begun yet. */
  readonly topic?: string | undefined;
  /** Texts of files as they are in the editor that asks. */
  readonly texts?: readonly { readonly path: string; readonly text: string }[] | undefined;
}

/** The request was dropped, because a newer one of its topic made its answer worthless. */
export class Overtaken extends BridgeError {
  constructor() {
    super('refused', 'A newer question about this text was asked meanwhile.');
  }
}

interface Waiting {
  readonly request: LanguageRequest;
  readonly options: AskOptions;
  readonly resolve: (answer: LanguageAnswers[LanguageMethod]) => void;
  readonly reject: (problem: Error) => void;
}

export class LanguageThread {
  readonly #workerFile: string;
  readonly #deadlineMs: number;
  #worker: Worker | undefined;
  #waiting: Waiting[] = [];
  #asked: (Waiting & { readonly id: number; readonly timer: NodeJS.Timeout }) | undefined;
  #lastId = 0;
  #isClosed = false;
  // What a new thread has to be told.
  #workspace: Extract<LanguageCommand, { kind: 'workspace' }> | undefined;
  #options: AnalysisOptions = { silenced: {} };
  #lastRun: LastRun | undefined;
  readonly #texts = new Map<string, string>();

  /** @param options.workerFile for tests; default: what the build made */
  constructor(options: { readonly workerFile?: string; readonly deadlineMs?: number } = {}) {
    this.#workerFile =
      options.workerFile ?? join(unpackedDistFolder(), 'host', 'language-worker.js');
    this.#deadlineMs = options.deadlineMs ?? LANGUAGE_DEADLINE_MS;
  }

  /** The folder that is open. Another one takes the texts of editors with it. */
  setWorkspace(root: string, policyFile: string, files: readonly string[]): void {
    if (this.#workspace?.root !== root) {
      this.#texts.clear();
      this.setLastRun(undefined);
    }
    this.#workspace = { kind: 'workspace', root, policyFile, files };
    this.#tell(this.#workspace);
  }

  setOptions(options: AnalysisOptions): void {
    this.#options = options;
    this.#tell({ kind: 'options', options });
  }

  /** What the newest run of the folder's policy did. */
  setLastRun(lastRun: LastRun | undefined): void {
    this.#lastRun = lastRun;
    this.#tell({ kind: 'last-run', lastRun });
  }

  fileChanged(path: string): void {
    this.#tell({ kind: 'changed', path });
  }

  /** No editor has the file any more. */
  closeText(path: string): void {
    if (this.#texts.delete(path)) this.#tell({ kind: 'text', path, text: undefined });
  }

  /** Rejects with Overtaken, or with a BridgeError when the thread died or took too long. */
  ask<M extends LanguageMethod>(
    request: RequestOf<M>,
    options: AskOptions = {},
  ): Promise<LanguageAnswers[M]> {
    const { topic } = options;
    if (topic !== undefined) {
      const [overtaken, others] = [
        this.#waiting.filter((each) => each.options.topic === topic),
        this.#waiting.filter((each) => each.options.topic !== topic),
      ];
      this.#waiting = others;
      for (const { reject } of overtaken) reject(new Overtaken());
    }
    const answer = new Promise<LanguageAnswers[LanguageMethod]>((resolve, reject) => {
      this.#waiting.push({ request, options, resolve, reject });
    });
    this.#next();
    return answer as Promise<LanguageAnswers[M]>;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#failAll('The workbench is closing.');
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#asked !== undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    if (this.#isClosed) {
      next.reject(new BridgeError('refused', 'The workbench is closing.'));
      return;
    }
    const worker = this.#running();
    for (const { path, text } of next.options.texts ?? []) {
      if (this.#texts.get(path) === text) continue;
      this.#texts.set(path, text);
      this.#post(worker, { kind: 'text', path, text });
    }
    const id = ++this.#lastId;
    const timer = setTimeout(() => {
      this.#died(worker, `took longer than ${this.#deadlineMs / 1000} s`);
      void worker.terminate();
    }, this.#deadlineMs);
    this.#asked = { ...next, id, timer };
    this.#post(worker, { kind: 'request', id, request: next.request });
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#workerFile, {
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    this.#worker = worker;
    worker.on('message', (message: LanguageMessage) => this.#receive(message));
    worker.on('error', (error) => this.#died(worker, error.message));
    worker.on('exit', () => this.#died(worker, 'its thread ended'));
    // The host does not stay alive for it.
    worker.unref();
    if (this.#workspace !== undefined) this.#post(worker, this.#workspace);
    this.#post(worker, { kind: 'options', options: this.#options });
    this.#post(worker, { kind: 'last-run', lastRun: this.#lastRun });
    for (const [path, text] of this.#texts) this.#post(worker, { kind: 'text', path, text });
    return worker;
  }

  #receive(message: LanguageMessage): void {
    const asked = this.#asked;
    if (asked?.id !== message.id) return;
    clearTimeout(asked.timer);
    this.#asked = undefined;
    if (message.kind === 'answer') asked.resolve(message.answer);
    else asked.reject(new Error(message.problem));
    this.#next();
  }

  /** Only what it was asked fails; the next question starts a new thread. */
  #died(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked !== undefined) {
      clearTimeout(asked.timer);
      asked.reject(
        new BridgeError('failed', `The analysis of the policy ended (${why}) and starts again.`),
      );
    }
    this.#next();
  }

  #failAll(sentence: string): void {
    const all = [...(this.#asked === undefined ? [] : [this.#asked]), ...this.#waiting];
    clearTimeout(this.#asked?.timer);
    this.#asked = undefined;
    this.#waiting = [];
    for (const { reject } of all) reject(new BridgeError('refused', sentence));
  }

  /** Nothing is told to a thread that does not run: it is told everything when it starts. */
  #tell(command: LanguageCommand): void {
    if (this.#worker !== undefined) this.#post(this.#worker, command);
  }

  #post(worker: Worker, command: LanguageCommand): void {
    worker.postMessage(command);
  }
}
