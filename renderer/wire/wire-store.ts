import { create } from 'zustand';
import type {
  WireConnection,
  WireFilter,
  WireFrameRow,
  WirePlace,
  WireState,
} from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { showBottom } from '../shell/layout-store.ts';
import { notify } from '../shell/notices-store.ts';

interface WireStore {
  readonly recording: boolean;
  readonly connections: WireState['connections'];
  /** Undefined: the newest one, whichever that is. */
  readonly chosen: number | undefined;
  readonly filter: WireFilter;
  /** Those on the screen, by their place among the frames that match. */
  readonly rows: ReadonlyMap<number, WireFrameRow>;
  readonly matching: number;
  /** The frame whose fields are shown. */
  readonly selected: WireFrameRow | undefined;
  /** The place among the frames that match which is to be brought into sight. */
  readonly sought: number | undefined;
}

export const useWire = create<WireStore>()(() => ({
  recording: false,
  connections: [],
  chosen: undefined,
  filter: { text: '', direction: 'both' },
  rows: new Map(),
  matching: 0,
  selected: undefined,
  sought: undefined,
}));

/** Rows beyond those on the screen, for scrolling. */
const around = 60;
const mostRows = 500;
let wanted = { first: 0, last: 40 };
let asking = false;
let outdated = false;

/** The connection whose frames are shown; undefined when there is none. */
export function shownConnection({ chosen, connections }: WireStore): WireConnection | undefined {
  return connections.find(({ id }) => id === chosen) ?? connections.at(-1);
}

/** The panel shows these places. */
export function wantFrames(first: number, last: number): void {
  wanted = { first, last };
  void readFrames();
}

export function chooseConnection(chosen: number): void {
  useWire.setState({ chosen, selected: undefined });
  void readFrames();
}

export function filterFrames(change: Partial<WireFilter>): void {
  useWire.setState(({ filter }) => ({ filter: { ...filter, ...change }, selected: undefined }));
  void readFrames();
}

/** Opens the trace at the frame of a publish; `at` is when it was published. */
export async function showPublish(wire: WirePlace, at: number): Promise<void> {
  const { connection } = wire;
  try {
    const { place } = await workbench.call('wire.find', { ...wire, at });
    if (place === null) {
      notify('The frames of this publish are no longer kept.', 'info');
      return;
    }
    const filter = { text: '', direction: 'both' } as const;
    useWire.setState({ chosen: connection, filter, selected: undefined, sought: place });
    showBottom('wire');
    wantFrames(place, place);
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

/** Reads the wanted frames; whatever changes meanwhile is read once more behind it. */
async function readFrames(): Promise<void> {
  if (asking) {
    outdated = true;
    return;
  }
  asking = true;
  const { filter } = useWire.getState();
  const connection = shownConnection(useWire.getState())?.id;
  try {
    if (connection === undefined) {
      useWire.setState({ rows: new Map(), matching: 0 });
    } else {
      const offset = Math.max(wanted.first - around, 0);
      const limit = Math.min(wanted.last - offset + around, mostRows);
      const answer = await workbench.call('wire.window', { connection, filter, offset, limit });
      const rows = new Map(answer.frames.map((frame, at) => [answer.offset + at, frame]));
      useWire.setState(({ sought }) => {
        const found = sought === undefined ? undefined : rows.get(sought);
        return { rows, matching: answer.matching, ...(found && { selected: found }) };
      });
    }
  } catch {
    // The connection was forgotten meanwhile; the next event tells which ones there are.
  } finally {
    asking = false;
  }
  if (outdated) {
    outdated = false;
    await readFrames();
  }
}

function take({ recording, connections }: WireState): void {
  useWire.setState(({ selected }) => ({
    recording,
    connections,
    selected: connections.length === 0 ? undefined : selected,
  }));
  void readFrames();
}

async function change(ask: () => Promise<WireState>): Promise<void> {
  try {
    take(await ask());
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

export const recordFrames = (on: boolean): Promise<void> =>
  change(() => workbench.call('wire.record', { on }));

export const clearFrames = (): Promise<void> => change(() => workbench.call('wire.clear', {}));

/** Keeps the frames in step with the host for as long as the panel is there. */
export function followWire(): () => void {
  void change(() => workbench.call('wire.state', {}));
  return workbench.on('wire', take);
}
