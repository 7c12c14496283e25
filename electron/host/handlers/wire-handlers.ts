import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';

type WireHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `wire.${string}`>>;

export function wireHandlers({ wire }: HostParts): WireHandlers {
  return {
    'wire.state': async () => wire.state(),
    'wire.record': async ({ on }) => {
      wire.record(on);
      return wire.state();
    },
    'wire.clear': async () => {
      wire.clear();
      return wire.state();
    },
    'wire.window': async (input) => wire.window(input),
    'wire.find': async (input) => wire.find(input),
    'wire.text': async (input) => wire.text(input),
  };
}
