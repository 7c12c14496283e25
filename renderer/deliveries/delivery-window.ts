import type {
  CallInput,
  CallOutput,
  DeliveryCounts,
  DeliveryFilter,
  DeliveryRow,
} from '../../electron/bridge/contract.ts';

export type FetchWindow = (
  input: CallInput<'deliveries.window'>,
) => Promise<CallOutput<'deliveries.window'>>;

/** What the table paints. A new object whenever something of it changed. */
export interface DeliveryView {
  /** How many rows match; index 0 is the newest. */
  readonly matching: number;
  readonly counts: DeliveryCounts;
  /** The newest row that is shown, when the view stands still. */
  readonly heldAt: number | undefined;
  /** Rows that came since the view was held. */
  readonly newRows: number;
}

const noCounts: DeliveryCounts = {
  total: 0,
  acked: 0,
  nacked: 0,
  unroutable: 0,
  unconfirmed: 0,
  failed: 0,
  none: 0,
  silentLoss: 0,
  dropped: 0,
  notRecorded: 0,
};
interface Places {
  readonly first: number;
  readonly last: number;
}

/** Rows that are or were in the table: the others are only counted. */
function recorded({ total, notRecorded }: DeliveryCounts): number {
  return total - notRecorded;
}

/** Rows asked for beyond the wanted ones, for those that arrive while the answer is on its way. */
const slack = 60;
const mostRows = 500;
/** Rows beyond each end of the wanted ones that a view which stands still has at hand for scrolling. */
const ahead = 150;
/** Farther away they are forgotten. */
const kept = 4 * ahead;
/** Nobody reads faster; painting at every frame would only take the time from the deliveries. */
const refreshEveryMs = 90;
/** While the view stands still only counts change. */
const countEveryMs = 250;

/**
 * The rows around what is on the screen, of a history that the host keeps. Nothing here grows with
 * the history, and React hears of changes at most once a frame, however fast rows arrive.
 *
 * @param nextFrame calls back before the next painting (`requestAnimationFrame`)
 */
export class DeliveryWindow {
  private filter: DeliveryFilter = { text: '', verdicts: [] };
  private rows = new Map<number, DeliveryRow>();
  private view: DeliveryView = { matching: 0, counts: noCounts, heldAt: undefined, newRows: 0 };
  private expected = 0;
  private totalWhenHeld = 0;
  private first = 0;
  private last = 40;
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;
  private refreshedAt = 0;
  private asking = false;
  private frame = false;
  /** Grows when older answers must not be used any more. */
  private generation = 0;
  private readonly listeners = new Set<() => void>();
  private readonly fetchWindow: FetchWindow;
  private readonly nextFrame: (action: () => void) => void;

  constructor(fetchWindow: FetchWindow, nextFrame: (action: () => void) => void) {
    this.fetchWindow = fetchWindow;
    this.nextFrame = nextFrame;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getView = (): DeliveryView => this.view;

  /** The row at a place counted from the newest; undefined while it is being fetched. */
  rowAt(index: number): DeliveryRow | undefined {
    return this.rows.get(index);
  }

  /** The place of a row, if it is among those fetched. */
  indexOf(id: number): number | undefined {
    for (const [index, row] of this.rows) if (row.id === id) return index;
    return undefined;
  }

  /** The table shows these places now. */
  want(first: number, last: number): void {
    this.first = first;
    this.last = Math.min(last, first + mostRows - slack - 1);
    const margin = this.view.heldAt === undefined ? 0 : ahead / 2;
    if (this.missing(margin)) this.askNextFrame();
  }

  /** Asks the host, which may have rows that it has not spoken of. */
  refresh(): void {
    this.askNextFrame();
  }

  /** The host says that rows have arrived (or were cleared). */
  arrived(counts: DeliveryCounts): void {
    const grown = recorded(counts) - recorded(this.view.counts);
    const held = this.view.heldAt !== undefined;
    if (grown < 0) this.restart();
    const newRows = held ? Math.max(recorded(counts) - this.totalWhenHeld, 0) : 0;
    this.view = { ...this.view, counts, newRows };
    if (!held) this.expected = Math.max(this.expected + grown, 0);
    this.refreshTimer ??= setTimeout(
      () => {
        this.refreshTimer = undefined;
        this.refreshedAt = performance.now();
        if (this.view.heldAt === undefined) this.askNextFrame();
        else this.change({});
      },
      Math.max(this.refreshedAt + (held ? countEveryMs : refreshEveryMs) - performance.now(), 0),
    );
  }

  setFilter(filter: DeliveryFilter): void {
    this.filter = filter;
    this.restart();
    this.askNextFrame();
  }

  /** Lets the view stand still while rows go on arriving. */
  hold(): void {
    if (this.view.heldAt !== undefined) return;
    let newest = 0;
    for (const row of this.rows.values()) newest = Math.max(newest, row.id);
    this.totalWhenHeld = recorded(this.view.counts);
    this.change({ heldAt: newest, newRows: 0 });
  }

  /** Shows the newest rows again. */
  release(): void {
    if (this.view.heldAt === undefined) return;
    this.expected += this.view.newRows;
    this.change({ heldAt: undefined, newRows: 0 });
    this.askNextFrame();
  }

  /** Forgets every row; the next answer begins anew. */
  private restart(): void {
    this.generation += 1;
    this.rows = new Map();
    this.expected = recorded(this.view.counts);
    if (this.view.heldAt !== undefined) this.change({ heldAt: undefined, newRows: 0 });
  }

  /**
   * From the first to the last place that has no row yet.
   *
   * @param margin rows beyond each end of the wanted ones that are to be there, too
   */
  private missing(margin: number): Places | undefined {
    let first = Math.max(this.first - margin, 0);
    let last = Math.min(this.last + margin, this.view.matching - 1);
    while (first <= last && this.rows.has(first)) first++;
    while (first <= last && this.rows.has(last)) last--;
    return first <= last ? { first, last } : undefined;
  }

  private forgetFarRows(): void {
    for (const index of this.rows.keys()) {
      if (index < this.first - kept || index > this.last + kept) this.rows.delete(index);
    }
  }

  private change(change: Partial<DeliveryView>): void {
    this.view = { ...this.view, ...change };
    if (this.frame) return;
    this.frame = true;
    this.nextFrame(() => {
      this.frame = false;
      for (const listener of this.listeners) listener();
    });
  }

  private asked = false;
  /** Something changed while an answer was on its way. */
  private outdated = false;
  private askNextFrame(): void {
    if (this.asking) this.outdated = true;
    if (this.asked || this.asking) return;
    this.asked = true;
    this.nextFrame(() => {
      this.asked = false;
      void this.ask();
    });
  }

  private async ask(): Promise<void> {
    this.asking = true;
    const { generation } = this;
    const held = this.view.heldAt;
    let askAgain = false;
    const standing = held === undefined ? undefined : this.missing(ahead);
    const first = standing?.first ?? this.first;
    const last = standing?.last ?? this.last;
    try {
      const answer = await this.fetchWindow({
        filter: this.filter,
        offset: Math.max(this.expected - 1 - last, 0),
        limit: Math.min(last - first + 1 + (standing ? 0 : slack), mostRows),
        ...(held === undefined ? {} : { upToId: held }),
      });
      // An answer to a question of before a new filter or a hold is not shown.
      if (generation !== this.generation || held !== this.view.heldAt) askAgain = true;
      else askAgain = this.take(answer);
    } catch {
      // The banner of the lost connection says it; the next event asks again.
      return;
    } finally {
      this.asking = false;
    }
    const again = askAgain || this.outdated;
    this.outdated = false;
    if (again) this.askNextFrame();
  }

  /** @returns whether wanted rows are still missing */
  private take(answer: CallOutput<'deliveries.window'>): boolean {
    const following = this.view.heldAt === undefined;
    this.expected = answer.matching;
    const rows = following ? new Map<number, DeliveryRow>() : this.rows;
    answer.rows.forEach((row, at) => rows.set(answer.matching - 1 - answer.offset - at, row));
    const newestMissing = following && answer.matching > 0 && !rows.has(this.first);
    // More arrived than was asked for: keep painting the old rows until the newest are here.
    const keepOld = newestMissing && this.rows.size > 0 && this.first < answer.matching;
    if (!keepOld) this.rows = rows;
    if (!following) this.forgetFarRows();
    const counts = answer.counts.total >= this.view.counts.total ? answer.counts : this.view.counts;
    this.change({ matching: answer.matching, counts });
    return keepOld || this.missing(0) !== undefined;
  }
}
