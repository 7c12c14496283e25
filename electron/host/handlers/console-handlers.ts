import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';

type ConsoleHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `console.${string}`>>;

export function consoleHandlers({ console }: HostParts): ConsoleHandlers {
  return {
    'console.recent': async ({ afterId }) => console.recent(afterId),
    'console.clear': async () => {
      console.clear();
      return {};
    },
  };
}
