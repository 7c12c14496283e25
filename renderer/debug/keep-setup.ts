/** Breakpoints and watches belong to the workspace: loaded with it, written when they change. */
import type { DebugSetup } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { nextBreakpointId, useBreakpoints } from './breakpoints/breakpoints-store.ts';
import { useWatches } from './values/watches-store.ts';

const writeAfterMs = 300;

/** The workspace whose setup is in the stores; undefined while another one is being read. */
let loadedRoot: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function currentSetup(): DebugSetup {
  const { lines, functions, events } = useBreakpoints.getState();
  return {
    lines: lines.map(({ id: _id, ...kept }) => kept),
    functions: functions.map(({ id: _id, ...kept }) => kept),
    events: [...events],
    watches: [...useWatches.getState().expressions],
  };
}

async function load(root: string): Promise<void> {
  flush();
  loadedRoot = undefined;
  try {
    const setup = await workbench.call('debugSetup.get', {});
    if (useWorkspace.getState().workspace?.root !== root) return;
    useBreakpoints.setState({
      lines: setup.lines.map((kept) => ({ ...kept, id: nextBreakpointId() })),
      functions: setup.functions.map((kept) => ({ ...kept, id: nextBreakpointId() })),
      events: setup.events,
      places: new Map(),
    });
    useWatches.setState({ expressions: setup.watches });
    loadedRoot = root;
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

async function write(root: string): Promise<void> {
  try {
    await workbench.call('debugSetup.set', { root, setup: currentSetup() });
  } catch (error) {
    notify(`The breakpoints are not kept. ${sentenceOf(error)}`, 'fail');
  }
}

function writeSoon(): void {
  if (loadedRoot === undefined) return;
  const root = loadedRoot;
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = undefined;
    void write(root);
  }, writeAfterMs);
}

/** Writes now what waits to be written. */
function flush(): void {
  if (timer === undefined || loadedRoot === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  void write(loadedRoot);
}

/** Keeps the stores and the host's storage in step. */
export function keepSetup(): void {
  useBreakpoints.subscribe((state, before) => {
    const changed =
      state.lines !== before.lines ||
      state.functions !== before.functions ||
      state.events !== before.events;
    if (changed) writeSoon();
  });
  useWatches.subscribe(writeSoon);
  useWorkspace.subscribe((state, before) => {
    const root = state.workspace?.root;
    if (root !== undefined && root !== before.workspace?.root) void load(root);
  });
  window.addEventListener('pagehide', flush);
  const root = useWorkspace.getState().workspace?.root;
  if (root !== undefined) void load(root);
}
