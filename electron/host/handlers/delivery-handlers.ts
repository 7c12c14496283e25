import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';

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
      return recording;
    },
    'deliveries.clear': async () => {
      history.clear(runs.runningIds);
      runs.tellDeliveries();
      return {};
    },
    'deliveries.export': async ({ filter }) => {
      const lines: string[] = [];
      let characters = 0;
      for (const entries of history.export(filter)) {
        for (const entry of entries) {
          const line = JSON.stringify(entry);
          characters += line.length + 1;
          lines.push(line);
        }
        if (characters > EXPORTED_CHARACTERS) {
          throw new BridgeError(
            'refused',
            'These recordings are more than 64 MB; filter the table first, or use `deliver --json` on the command line.',
          );
        }
      }
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
      return {
        fileName: `deliveries-${stamp}.jsonl`,
        text: lines.length === 0 ? '' : `${lines.join('\n')}\n`,
      };
    },
  };
}
