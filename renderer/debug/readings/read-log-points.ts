/**
 * Log points of the run so far, also those that were set after it: the recording is run once more
 * with them.
 */
import type { LogPointReading, ReadingRequest } from '../../../electron/bridge/debug.ts';
import { latestCall } from '../../bridge/latest-call.ts';
import { sentenceOf, workbench } from '../../bridge/workbench-bridge.ts';
import { useBreakpoints, type LineBreakpoint } from '../breakpoints/breakpoints-store.ts';
import { currentClient } from '../session/current-client.ts';
import { useSession } from '../session/session-store.ts';
import { noLogPoints, useLogPoints } from './log-points-store.ts';

/** As many values of each point are fetched; the rest is only counted. */
const mostValues = 200;

function activePoints(): LineBreakpoint[] {
  return useBreakpoints.getState().lines.filter((b) => b.enabled && b.logMessage !== undefined);
}

/** The text of a file has changed since it ran: its lines are not those of the run any more. */
function isChanged({ file }: LineBreakpoint): boolean {
  return useSession.getState().changedFiles.includes(file);
}

/** What is known of points that cannot be asked again. */
function kept(
  readings: ReadonlyMap<number, LogPointReading>,
  points: readonly LineBreakpoint[],
): (readonly [number, LogPointReading])[] {
  const ids = new Set(points.filter(isChanged).map(({ id }) => id));
  return [...readings].filter(([id]) => ids.has(id));
}

function request(points: readonly LineBreakpoint[]): ReadingRequest {
  return {
    kind: 'log-points',
    points: points.map(({ id, file, line, condition, logMessage = '' }) => ({
      id,
      // Where it has been moved to, so that it is not asked for a line without code.
      line: useBreakpoints.getState().places.get(id)?.line ?? line,
      file,
      ...(condition === undefined ? {} : { condition }),
      logMessage,
    })),
    limit: mostValues,
  };
}

/** The answer to this kind of reading, which the union of all answers cannot say, by point. */
function byPoint(result: unknown): ReadonlyMap<number, LogPointReading> {
  const readings = result as readonly LogPointReading[];
  return new Map(readings.map((reading) => [reading.id, reading]));
}

/** All messages of the run that a delivery belongs to; the debugged recording has only its own. */
async function readWhole(reading: ReadingRequest): Promise<ReadonlyMap<number, LogPointReading>> {
  const { debuggee } = useSession.getState();
  if (debuggee?.kind !== 'delivery') return new Map();
  const { runId } = debuggee;
  const { result } = await workbench.call('readings.read', { runId, reading });
  return byPoint(result);
}

async function read(points: readonly LineBreakpoint[], isLatest: () => boolean): Promise<void> {
  const client = currentClient();
  if (!client || points.length === 0) {
    useLogPoints.setState(noLogPoints);
    return;
  }
  const before = useLogPoints.getState();
  const reading = request(points.filter((point) => !isChanged(point)));
  try {
    const { result } = await client.request('kumo/readings', { reading });
    if (!isLatest()) return;
    const readings = new Map([...kept(before.readings, points), ...byPoint(result)]);
    useLogPoints.setState({ readings, problem: undefined });
    const whole = await readWhole(reading);
    if (isLatest())
      useLogPoints.setState({ whole: new Map([...kept(before.whole, points), ...whole]) });
  } catch (error) {
    if (isLatest()) useLogPoints.setState({ ...noLogPoints, problem: sentenceOf(error) });
  }
}

/** Reads again when the points or the run have changed and the script stands still. */
export function followLogPoints(): void {
  const readSoon = latestCall<readonly LineBreakpoint[]>(read, 150);
  let upTo = 0;
  useBreakpoints.subscribe((state, before) => {
    const changed = state.lines !== before.lines || state.places !== before.places;
    if (changed && useSession.getState().phase === 'stopped') readSoon(activePoints());
  });
  useSession.subscribe(({ phase, position }, before) => {
    if (phase === 'none') {
      if (before.phase === 'none') return;
      readSoon.cancel();
      upTo = 0;
      useLogPoints.setState(noLogPoints);
      return;
    }
    if (phase !== 'stopped' || position === undefined || position.last === upTo) return;
    upTo = position.last;
    readSoon(activePoints());
  });
}
