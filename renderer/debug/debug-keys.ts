import { useLayout } from '../shell/layout-store.ts';
import { toggleBreakpoint } from './breakpoints/change-breakpoints.ts';
import { atCursor, editAt } from './editor/editor-debugging.ts';
import {
  continueRun,
  pauseRun,
  runBack,
  runToLine,
  stepBack,
  stepInto,
  stepOut,
  stepOver,
} from './session/run-control.ts';
import { endSession } from './session/session.ts';
import { useSession } from './session/session-store.ts';
import { debugAgain, debugForm } from './session/start-debugging.ts';

/** F5 begins, goes on, stands still, and begins again at the end. */
export async function goOn(): Promise<void> {
  const { phase, stop } = useSession.getState();
  if (phase === 'none') await debugForm();
  else if (phase === 'running') await pauseRun();
  else if (phase === 'stopped' && stop?.reason === 'end') await debugAgain();
  else if (phase === 'stopped') await continueRun();
}

/** VS Code's keys; Alt turns a direction round. */
const actions: Record<string, () => unknown> = {
  F5: goOn,
  'Shift+F5': endSession,
  'Ctrl+Shift+F5': debugAgain,
  'Alt+F5': runBack,
  F9: () => atCursor(toggleBreakpoint),
  'Shift+F9': () => atCursor(editAt),
  F10: stepOver,
  'Alt+F10': stepBack,
  'Ctrl+F10': () => atCursor((file, line) => void runToLine(file, line)),
  F11: stepInto,
  'Shift+F11': stepOut,
};

/** `Ctrl+Shift+F5` of a key event; the command key of a Mac counts as Ctrl. */
export function keyName(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}): string {
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.shiftKey ? 'Shift' : '',
    event.altKey ? 'Alt' : '',
    event.key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Wherever the focus is, and before the browser: F5 must never load the page anew. */
export function listenForDebugKeys(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      const action = actions[keyName(event)];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      // A modal dialog is finished first.
      if (useLayout.getState().dialog === undefined) void action();
    },
    { capture: true },
  );
}
