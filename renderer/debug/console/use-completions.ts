import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { useState } from 'react';
import { latestCall } from '../../bridge/latest-call.ts';
import { currentClient } from '../session/current-client.ts';
import { useSession } from '../session/session-store.ts';

export interface Completions {
  readonly items: readonly Dap.CompletionItem[];
  readonly chosen: number;
}

const none: Completions = { items: [], chosen: 0 };
const mostShown = 100;

interface Asked {
  readonly text: string;
  /** Characters before the caret. */
  readonly caret: number;
}

/** The text after a completion was taken (DAP, "CompletionItem": `text`, `start`, `length`). */
export function completed(
  { text, caret }: Asked,
  item: Dap.CompletionItem,
): { readonly text: string; readonly caret: number } {
  const added = item.text ?? item.label;
  const start = item.start ?? caret - typedLength(text.slice(0, caret));
  const length = item.length ?? (item.start === undefined ? caret - start : 0);
  return {
    text: text.slice(0, start) + added + text.slice(start + length),
    caret: start + added.length,
  };
}

/** How much of a name stands before the caret. */
function typedLength(before: string): number {
  return /\w*$/.exec(before)?.[0].length ?? 0;
}

/** What may follow what is typed, asked of the debugger while typing. */
export function useCompletions() {
  const [completions, setCompletions] = useState(none);
  const [ask] = useState(() =>
    latestCall<Asked>(async ({ text, caret }, isLatest) => {
      const client = currentClient();
      const { frameId, phase } = useSession.getState();
      if (!client || phase !== 'stopped') return;
      try {
        const { targets } = await client.request('completions', {
          text,
          column: caret + 1,
          ...(frameId === undefined ? {} : { frameId }),
        });
        if (isLatest()) setCompletions({ items: targets.slice(0, mostShown), chosen: 0 });
      } catch {
        // Without an answer one types on.
      }
    }, 40),
  );
  const close = (): void => {
    ask.cancel();
    setCompletions(none);
  };
  return {
    completions,
    close,
    /** Asks when something is being typed that may be completed; else closes the list. */
    typed: (text: string, caret: number): void => {
      if (/[\w.:]$/.test(text.slice(0, caret))) ask({ text, caret });
      else close();
    },
    choose: (step: number): void => {
      setCompletions(({ items, chosen }) => ({
        items,
        chosen: (chosen + step + items.length) % Math.max(items.length, 1),
      }));
    },
  };
}
