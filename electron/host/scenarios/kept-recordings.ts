/** The newest run of each scenario, for reading it once more. */
import { EntryFile } from '../debug/entry-file.ts';
import { changedSince, noteText } from '../recorded-texts.ts';
import type { RecordedTexts } from '../recorded-texts.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { RecordedScenario } from './scenario-coverage.ts';

/** Files on disk; the oldest is let go. */
const KEPT = 500;

class KeptRecording {
  readonly policyRoot: string;
  readonly #file = new EntryFile();
  readonly #texts: RecordedTexts = new Map();

  constructor(policyRoot: string) {
    this.policyRoot = policyRoot;
  }

  add(entry: Entry): void {
    noteText(entry, this.#texts);
    this.#file.add(entry);
  }

  entries(): AsyncIterable<Entry> {
    return this.#file.entries();
  }

  /** Whether its policy is still what was run: only then its lines are those of the editor. */
  async isCurrent(): Promise<boolean> {
    return (await changedSince(this.policyRoot, this.#texts)).length === 0;
  }

  remove(): void {
    this.#file.remove();
  }
}

export class KeptRecordings {
  readonly #kept = new Map<string, KeptRecording>();

  /** Takes the place of the run before; answers where its entries go. */
  begin(key: string, policyRoot: string): (entry: Entry) => void {
    this.#kept.get(key)?.remove();
    this.#kept.delete(key);
    const recording = new KeptRecording(policyRoot);
    this.#kept.set(key, recording);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) {
      this.#kept.get(oldest)?.remove();
      this.#kept.delete(oldest);
    }
    return (entry) => recording.add(entry);
  }

  /** Those whose policy has not been changed since. */
  async current(): Promise<RecordedScenario[]> {
    const kept = [...this.#kept.values()];
    const isCurrent = await Promise.all(kept.map((recording) => recording.isCurrent()));
    return kept
      .filter((_, i) => isCurrent[i])
      .map((recording) => ({ policyRoot: recording.policyRoot, entries: recording.entries() }));
  }

  get size(): number {
    return this.#kept.size;
  }

  clear(): void {
    for (const recording of this.#kept.values()) recording.remove();
    this.#kept.clear();
  }
}
