import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { DeliveryFilter, DeliveryGoal } from '../../bridge/deliveries.ts';
import { CSV_HEADER, csvLine } from '../delivery-csv.ts';
import type { DeliveryHistory } from '../delivery-history.ts';
import type { HostParts } from '../host-parts.ts';
import { placedEntry } from '../scenarios/placed-recording.ts';
import { placeOfRun } from '../scenarios/place-of-run.ts';

/** One answer of the bridge must fit in memory three times over, also in the page. */
const EXPORTED_CHARACTERS = 64 * 1024 * 1024;

type DeliveryHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `deliveries.${string}`>>;

export function deliveryHandlers(host: HostParts): DeliveryHandlers {
  const { history, runs } = host;
  return {
    'deliveries.window': async ({ filter, offset, limit, upToId }) =>
      history.window(filter, offset, limit, upToId),
    'deliveries.recording': async ({ id }) => {
      const recording = history.recording(id);
      if (!recording) {
        throw new BridgeError('not-found', 'This delivery was cleared; its recording is gone.');
      }
      const { row, entries } = recording;
      const place = placeOfRun(host, row.runId);
      return place
        ? { row, entries: entries.map((entry) => placedEntry(entry, place)) }
        : recording;
    },
    'deliveries.clear': async () => {
      history.clear(runs.runningIds);
      runs.tellDeliveries();
      return {};
    },
    'deliveries.find': async ({ filter, goal, upToId }) => {
      const found = history.find(filter, goal, upToId);
      if (!found) throw new BridgeError('not-found', NOT_FOUND[goal.kind]);
      return found;
    },
    'deliveries.live': async () => history.live(),
    'deliveries.capture': async ({ filter }) => {
      if (filter) history.capture = filter;
      return { filter: history.capture };
    },
    'deliveries.export': async ({ filter, format }) => {
      const lines = format === 'csv' ? csvLines(history, filter) : jsonLines(history, filter);
      const text = boundedText(lines);
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
      return { fileName: `deliveries-${stamp}.${format}`, text };
    },
  };
}

function* csvLines(history: DeliveryHistory, filter: DeliveryFilter): Generator<string> {
  yield CSV_HEADER;
  for (const row of history.rows(filter)) yield csvLine(row);
}

function* jsonLines(history: DeliveryHistory, filter: DeliveryFilter): Generator<string> {
  for (const entries of history.export(filter)) {
    for (const entry of entries) yield JSON.stringify(entry);
  }
}

/** Throws `refused` for more than a page can take. */
function boundedText(lines: Iterable<string>): string {
  const taken: string[] = [];
  let characters = 0;
  for (const line of lines) {
    characters += line.length + 1;
    if (characters > EXPORTED_CHARACTERS) {
      throw new BridgeError(
        'refused',
        'These recordings are more than 64 MB; filter the table first, or use `deliver --json` on the command line.',
      );
    }
    taken.push(line);
  }
  return taken.map((line) => `${line}\n`).join('');
}

const NOT_FOUND: { readonly [kind in DeliveryGoal['kind']]: string } = {
  time: 'No delivery that is shown is as late as that; the table ends before.',
  message: 'No delivery that is shown has a message id that begins like this.',
  problem: 'No problem further in this direction.',
};
