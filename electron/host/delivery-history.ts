/**
 * What was delivered in this session of the workbench: rows in memory (bounded), their entries on
 * disk, windows and counts that cost the same at the hundred-thousandth row as at the first.
 */
import type {
  DeliveryCounts,
  DeliveryFilter,
  DeliveryGoal,
  DeliveryRow,
  LiveView,
} from '../bridge/deliveries.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { FilteredView, filterKey, RowMatcher } from './delivery-filter.ts';
import { findDelivery } from './find-delivery.ts';
import { EntrySpill } from './entry-spill.ts';
import { keptRow } from './kept-row.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { LiveSeries } from './live-series.ts';
import { SharedEntries } from './shared-entries.ts';
import { TextPool } from './text-pool.ts';
import { noVerdicts } from './verdict-counts.ts';

const KEPT_ROWS = 200_000;
/** Rows are let go in blocks, so that dropping one costs nothing. */
const DROPPED_AT_ONCE = 10_000;
/** Views of the filters used last; typing in the filter makes a new one a keystroke. */
const KEPT_VIEWS = 4;

export interface DeliveryWindow {
  readonly rows: DeliveryRow[];
  readonly offset: number;
  readonly matching: number;
  readonly counts: DeliveryCounts;
}

interface KnownRun {
  readonly shared: SharedEntries;
  /** Of its newest delivery. */
  lastId: number;
}

export class DeliveryHistory {
  readonly #spill = new EntrySpill();
  readonly #texts = new TextPool();
  readonly #latencies = new LatencyHistogram();
  readonly #live = new LiveSeries();
  /** Runs of which not every delivery was recorded. */
  readonly #incomplete = new Set<string>();
  readonly #runs = new Map<string, KnownRun>();
  readonly #keptRows: number;
  #rows: DeliveryRow[] = [];
  #views: FilteredView[] = [];
  #nextId = 1;
  #counts = emptyCounts();
  #capture: DeliveryFilter = { text: '', verdicts: [] };
  #captured = new RowMatcher(this.#capture);

  constructor(options: { readonly keptRows?: number } = {}) {
    this.#keptRows = options.keptRows ?? KEPT_ROWS;
  }

  /** Takes an entry of a run that belongs to no single message: the load, a session. */
  addShared(runId: string, entry: Entry): void {
    let run = this.#runs.get(runId);
    if (!run) {
      run = { shared: new SharedEntries(), lastId: this.#nextId };
      this.#runs.set(runId, run);
    }
    run.shared.add(entry);
  }

  /** Which deliveries are recorded; the others are only counted. */
  get capture(): DeliveryFilter {
    return this.#capture;
  }

  set capture(filter: DeliveryFilter) {
    this.#capture = filter;
    this.#captured = new RowMatcher(filter);
  }

  /** Adds a finished delivery; answers its row with the id it got, 0 when it is not recorded. */
  add(row: Omit<DeliveryRow, 'id'>, entries: readonly Entry[]): DeliveryRow {
    this.#count(row);
    if (!this.#captured.matches(row)) {
      this.#counts.notRecorded++;
      this.#incomplete.add(row.runId);
      return { ...row, id: 0 };
    }
    const kept = keptRow(this.#nextId++, row, this.#texts);
    this.#rows.push(kept);
    this.#spill.append(kept.id, entries);
    const run = this.#runs.get(row.runId);
    if (run) run.lastId = kept.id;
    for (const view of this.#views) view.offer(kept);
    if (this.#rows.length > this.#keptRows) this.#dropOldest();
    return kept;
  }

  /** Rows `offset`..`offset+limit` of the matching ones, oldest first. */
  window(filter: DeliveryFilter, offset: number, limit: number, upToId?: number): DeliveryWindow {
    const view = this.#viewOf(filter);
    const matching = view.count(upToId);
    const from = Math.min(offset, matching);
    const ids = view.slice(from, Math.min(limit, matching - from));
    const rows = ids.map((id) => this.#row(id)).filter((row) => row !== undefined);
    return { rows, offset: from, matching, counts: this.counts() };
  }

  /** Where the delivery that `goal` means is among the matching ones; undefined: there is none. */
  find(
    filter: DeliveryFilter,
    goal: DeliveryGoal,
    upToId?: number,
  ): { id: number; index: number; matching: number } | undefined {
    const view = this.#viewOf(filter);
    const matching = view.count(upToId);
    const rowAt = (index: number) => this.#row(view.slice(index, 1)[0] ?? 0);
    const from =
      goal.kind === 'problem' && goal.from !== undefined ? view.indexOf(goal.from) : undefined;
    const index = findDelivery({ matching, rowAt, from }, goal);
    const id = index === undefined ? undefined : rowAt(index)?.id;
    return index === undefined || id === undefined ? undefined : { id, index, matching };
  }

  /** Rows of all that match, oldest first. */
  *rows(filter: DeliveryFilter): Generator<DeliveryRow> {
    const view = this.#viewOf(filter);
    for (const id of view.slice(0, view.count())) {
      const row = this.#row(id);
      if (row) yield row;
    }
  }

  live(): LiveView {
    return this.#live.view();
  }

  /** The row's own entries with those that its run and session share, in order. */
  recording(id: number): { row: DeliveryRow; entries: Entry[] } | undefined {
    const row = this.#row(id);
    const own = this.#spill.read(id);
    if (!row || !own) return undefined;
    const shared = this.#runs.get(row.runId)?.shared.of(own) ?? [];
    return { row, entries: [...shared, ...own].sort((a, b) => a.seq - b.seq) };
  }

  /**
   * As `recording`, with the messages that the same session delivered before: a script may remember
   * them. It ends with this delivery, unless the session went on to nothing else.
   */
  replayable(id: number): readonly Entry[] | undefined {
    const found = this.recording(id);
    if (!found) return undefined;
    const { row, entries } = found;
    const session = entries.find((entry) => entry.message !== undefined)?.session;
    if (session === undefined) return entries;
    const ofSession = entries.filter((entry) => entry.session === session);
    const last = ofSession.findLast((entry) => entry.message !== undefined)?.seq ?? 0;
    const closed = ofSession.at(-1)?.seq ?? last;
    const before: Entry[] = [];
    // Rows are in the order in which they ended.
    for (const own of this.#ownEntries(row.runId, id, -1)) {
      if (opens(ofSession, session)) break;
      if (!isOfSession(own, session)) continue;
      ofSession.push(...own);
      before.push(...own);
    }
    for (const own of this.#ownEntries(row.runId, id, 1)) {
      if (closed > last && (own[0]?.seq ?? 0) > closed) break;
      if (!isOfSession(own, session)) continue;
      const untilThen = entries.filter(({ seq }) => seq <= last);
      return [...untilThen, ...before].sort((a, b) => a.seq - b.seq);
    }
    return [...entries, ...before].sort((a, b) => a.seq - b.seq);
  }

  /** The entries of a run's deliveries before or after one, from there on. */
  *#ownEntries(runId: string, id: number, step: 1 | -1): Generator<readonly Entry[]> {
    for (let next = id + step; ; next += step) {
      const row = this.#row(next);
      if (!row) return;
      if (row.runId === runId) yield this.#spill.read(row.id) ?? [];
    }
  }

  /** Entries of all matching rows, and of their runs once, a row at a time. */
  *export(filter: DeliveryFilter): Generator<Entry[]> {
    const view = this.#viewOf(filter);
    const told = new Set<string>();
    for (const id of view.slice(0, view.count())) {
      const row = this.#row(id);
      if (row && !told.has(row.runId)) {
        told.add(row.runId);
        yield this.#runs.get(row.runId)?.shared.all() ?? [];
      }
      yield this.#spill.read(id) ?? [];
    }
  }

  /**
   * The recording of a run, entry by entry, for reading it once more (debug/read-in-worker.ts). What
   * its messages share comes where it happened as each Lua context sees it, which is all that a replay
   * needs: a session's rows are in the order of their messages. Throws `refused` for a run of which
   * the capture filter kept something out.
   */
  *recordingOfRun(runId: string): Generator<Entry> {
    if (this.#incomplete.has(runId)) {
      throw new BridgeError(
        'refused',
        'Not every delivery of this run was recorded, so that it cannot be replayed. Record all deliveries and deliver again.',
      );
    }
    const shared = this.#runs.get(runId)?.shared.all() ?? [];
    let next = 0;
    for (const row of this.#rows) {
      if (row.runId !== runId) continue;
      const own = this.#spill.read(row.id) ?? [];
      const began = own[0]?.seq ?? 0;
      for (; (shared[next]?.seq ?? began) < began; next++) yield shared[next] as Entry;
      yield* own;
    }
    yield* shared.slice(next);
  }

  newest(limit: number): DeliveryRow[] {
    return this.#rows.slice(-limit);
  }

  counts(): DeliveryCounts {
    const p50Us = this.#latencies.percentile(0.5);
    const p99Us = this.#latencies.percentile(0.99);
    return {
      ...this.#counts,
      ...(p50Us === undefined ? {} : { p50Us }),
      ...(p99Us === undefined ? {} : { p99Us }),
    };
  }

  /** Forgets all rows; what `running` runs share is still needed by rows to come. */
  clear(running: ReadonlySet<string> = new Set()): void {
    this.#rows = [];
    this.#views = [];
    for (const runId of this.#runs.keys()) {
      if (!running.has(runId)) this.#runs.delete(runId);
    }
    this.#spill.clear();
    this.#latencies.clear();
    this.#live.clear();
    this.#incomplete.clear();
    this.#counts = emptyCounts();
  }

  close(): void {
    this.#spill.close();
  }

  #row(id: number): DeliveryRow | undefined {
    const first = this.#rows[0]?.id ?? this.#nextId;
    return this.#rows[id - first];
  }

  #viewOf(filter: DeliveryFilter): FilteredView {
    const key = filterKey(filter);
    let view = this.#views.find((candidate) => candidate.key === key);
    if (!view) {
      view = new FilteredView(filter);
      for (const row of this.#rows) view.offer(row);
    }
    this.#views = [view, ...this.#views.filter((other) => other !== view)].slice(0, KEPT_VIEWS);
    return view;
  }

  #count(row: Omit<DeliveryRow, 'id'>): void {
    this.#live.add(row);
    this.#counts.total++;
    this.#counts[row.verdict ?? 'none']++;
    if (row.warning === 'silent-loss') this.#counts.silentLoss++;
    if (row.latencyUs !== undefined) this.#latencies.add(row.latencyUs);
  }

  #dropOldest(): void {
    const dropped = Math.min(DROPPED_AT_ONCE, Math.ceil(this.#keptRows / 2));
    this.#rows = this.#rows.slice(dropped);
    this.#counts.dropped += dropped;
    const firstKept = this.#rows[0]?.id ?? this.#nextId;
    this.#spill.dropBefore(firstKept);
    for (const view of this.#views) view.dropBefore(firstKept);
    for (const [runId, run] of this.#runs) {
      if (run.lastId < firstKept) this.#runs.delete(runId);
    }
  }
}

/** The session begins with the first message that it delivers. */
function opens(entries: readonly Entry[], session: number): boolean {
  return entries.some(
    (entry) => entry.kind === 'session' && entry.session === session && entry.state === 'opened',
  );
}

function isOfSession(own: readonly Entry[], session: number): boolean {
  return own.some((entry) => entry.session === session);
}

function emptyCounts() {
  return {
    total: 0,
    ...noVerdicts(),
    silentLoss: 0,
    dropped: 0,
    notRecorded: 0,
  };
}
