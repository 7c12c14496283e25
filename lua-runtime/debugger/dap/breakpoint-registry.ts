/** The breakpoints of a client: kept over launches and restarts, numbered, and what became of each. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { NO_BREAKPOINTS } from '../debugger-contract.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  EventBreakpoint,
  FunctionBreakpoint,
  LineBreakpoint,
} from '../debugger-contract.ts';
import { clientLine, ownLine } from './client-conventions.ts';
import type { ClientConventions } from './client-conventions.ts';
import type { DebuggedRun } from './debugged-run.ts';
import { eventBreakpoints } from './exception-filters.ts';
import type { RequestArguments } from './request-arguments.ts';

interface AskedLine extends Omit<LineBreakpoint, 'file'> {
  readonly source: RequestArguments;
  readonly modified: boolean;
}

interface Asked {
  /** By the client's path (or reference) of the source. */
  readonly lines: ReadonlyMap<string, readonly AskedLine[]>;
  readonly functions: readonly FunctionBreakpoint[];
  readonly events: readonly EventBreakpoint[];
}

export class BreakpointRegistry {
  readonly #onChanged: (breakpoint: DebugProtocol.Breakpoint) => void;
  #asked: Asked = { lines: new Map(), functions: [], events: [] };
  #places = new Map<number, BreakpointPlace>();
  /** The same breakpoint keeps its number, and with it its hits, when others beside it change. */
  #numbers = new Map<string, number>();
  #lastNumber = 0;
  #pending: Promise<void> = Promise.resolve();
  /** How many requests wait for the places of a breakpoint: they will tell them. */
  readonly #answering = new Map<number, number>();

  /** @param onChanged hears what the run says of a breakpoint later: it was moved, it holds now */
  constructor(onChanged: (breakpoint: DebugProtocol.Breakpoint) => void) {
    this.#onChanged = onChanged;
  }

  /** The source's breakpoints; those of before are gone. */
  async setLines(
    args: RequestArguments,
    client: ClientConventions,
    run: DebuggedRun | undefined,
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    const source = args.object('source');
    const key = `${source.optionalText('path') ?? ''} ${source.optionalNumber('sourceReference') ?? 0}`;
    const modified = args.flag('sourceModified');
    const asked = args.has('breakpoints')
      ? args.objects('breakpoints').map((breakpoint) => ({
          line: ownLine(client, breakpoint.number('line')),
          ...texts(breakpoint, ['condition', 'hitCondition', 'logMessage']),
        }))
      : args.numbers('lines').map((line) => ({ line: ownLine(client, line) }));
    const lines = asked.map((breakpoint): AskedLine => {
      const id = this.#numberOf(`line ${key} ${JSON.stringify(breakpoint)}`);
      return { id, ...breakpoint, source, modified };
    });
    this.#asked = { ...this.#asked, lines: new Map(this.#asked.lines).set(key, lines) };
    return this.#placesOf(lines, client, run);
  }

  async setFunctions(
    args: RequestArguments,
    client: ClientConventions,
    run: DebuggedRun | undefined,
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    const functions = args.objects('breakpoints').map((breakpoint): FunctionBreakpoint => {
      const asked = {
        name: breakpoint.text('name').trim(),
        ...texts(breakpoint, ['condition', 'hitCondition']),
      };
      return { id: this.#numberOf(`function ${JSON.stringify(asked)}`), ...asked };
    });
    this.#asked = { ...this.#asked, functions };
    return this.#placesOf(functions, client, run);
  }

  async setEvents(
    args: RequestArguments,
    client: ClientConventions,
    run: DebuggedRun | undefined,
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    const events = eventBreakpoints(args, (event, only) =>
      this.#numberOf(`event ${event} ${only}`),
    );
    this.#asked = { ...this.#asked, events };
    return this.#placesOf(events, client, run);
  }

  /** Gives the run all breakpoints. One call after the other, so that the newest set is the last. */
  apply(run: DebuggedRun | undefined): Promise<void> {
    const applied = this.#pending.then(() => (run ? this.#applyTo(run) : undefined));
    this.#pending = applied.catch(() => undefined);
    return applied;
  }

  /** What a run says of its breakpoints without being asked; only what is new is passed on. */
  placed(
    places: readonly BreakpointPlace[],
    client: ClientConventions,
    run: DebuggedRun | undefined,
  ): void {
    for (const place of places) {
      const before = this.#places.get(place.id);
      if (before && JSON.stringify(before) === JSON.stringify(place)) continue;
      this.#places.set(place.id, place);
      if (this.#answering.has(place.id)) continue;
      this.#onChanged(this.#body(place.id, client, run));
    }
  }

  /** All that were set, as they are now: for a run that was started after them. */
  all(client: ClientConventions, run: DebuggedRun | undefined): DebugProtocol.Breakpoint[] {
    const { lines, functions, events } = this.#asked;
    return [...[...lines.values()].flat(), ...functions, ...events].map(({ id }) =>
      this.#body(id, client, run),
    );
  }

  async #placesOf(
    asked: readonly { readonly id: number }[],
    client: ClientConventions,
    run: DebuggedRun | undefined,
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    for (const { id } of asked) this.#answering.set(id, (this.#answering.get(id) ?? 0) + 1);
    try {
      await this.apply(run);
    } finally {
      for (const { id } of asked) {
        const others = (this.#answering.get(id) ?? 0) - 1;
        if (others > 0) this.#answering.set(id, others);
        else this.#answering.delete(id);
      }
    }
    return asked.map(({ id }) => this.#body(id, client, run));
  }

  async #applyTo(run: DebuggedRun): Promise<void> {
    if (run.noDebug) {
      await run.target.setBreakpoints(NO_BREAKPOINTS);
      return;
    }
    const places = await run.target.setBreakpoints(this.#setFor(run));
    for (const place of places) this.#places.set(place.id, place);
  }

  #setFor(run: DebuggedRun): BreakpointSet {
    const lines: LineBreakpoint[] = [];
    for (const { source, modified: _modified, ...breakpoint } of [
      ...this.#asked.lines.values(),
    ].flat()) {
      const file = run.sources.fileOf(source);
      if (file !== undefined) lines.push({ ...breakpoint, file });
    }
    return { lines, functions: this.#asked.functions, events: this.#asked.events };
  }

  #body(
    id: number,
    client: ClientConventions,
    run: DebuggedRun | undefined,
  ): DebugProtocol.Breakpoint {
    if (!run) {
      return { id, verified: false, reason: 'pending', message: 'Nothing has been launched yet.' };
    }
    if (run.noDebug) {
      return { id, verified: false, message: 'This run was started without debugging.' };
    }
    const asked = [...this.#asked.lines.values()].flat().find((line) => line.id === id);
    const file = asked && run.sources.fileOf(asked.source);
    if (asked && file === undefined) {
      return {
        id,
        verified: false,
        reason: 'failed',
        message: `The file is not in the policy's folder ${run.target.root}.`,
      };
    }
    const place = this.#places.get(id) ?? { id, verified: false };
    const message = place.message ?? (asked?.modified === true ? UNSAVED : undefined);
    return {
      id,
      verified: place.verified,
      ...(message === undefined ? {} : { message }),
      ...(file === undefined ? {} : { source: run.sources.sourceOf(file) }),
      ...(place.line === undefined ? {} : { line: clientLine(client, place.line) }),
    };
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = ++this.#lastNumber;
    this.#numbers.set(key, number);
    return number;
  }
}

const UNSAVED =
  'The file has unsaved changes; the run has the saved text, so the line may be another one.';

function texts<N extends string>(
  breakpoint: RequestArguments,
  names: readonly N[],
): { readonly [K in N]?: string } {
  const found: { [K in N]?: string } = {};
  for (const name of names) {
    const text = breakpoint.optionalText(name);
    if (text !== undefined && text.trim() !== '') found[name] = text;
  }
  return found;
}
