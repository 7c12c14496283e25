import { flushSync } from 'react-dom';
import { saveDocument } from '../editor/save-document.ts';
import { useDocuments } from '../editor/documents-store.ts';
import { useSearch } from '../search/search-store.ts';
import { deliver } from '../simulate/deliver.ts';
import { showDialog, showSide, useLayout } from './layout-store.ts';

function saveActive(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) void saveDocument(active);
}

const actions: Record<string, () => void> = {
  'mod+s': saveActive,
  'mod+p': () => showDialog('quick-open'),
  'mod+t': () => showDialog('symbols'),
  'mod+shift+f': searchAll,
  'mod+o': () => showDialog('open-folder'),
  'mod+,': () => showDialog('settings'),
  'mod+enter': () => void deliver(),
};

/** Looks for what is selected. */
function searchAll(): void {
  const selected = window.getSelection()?.toString() ?? '';
  // At once: the next key may already be the first letter of what is looked for.
  flushSync(() => {
    if (selected !== '' && !selected.includes('\n')) useSearch.setState({ text: selected });
    showSide('search');
  });
  document.querySelector<HTMLInputElement>('#search-text')?.select();
}

/** The regions that F6 goes through, in reading order. */
const regions = ['.side', '.editor', '.bottom', '.answer'];

function focusRegion(step: number): void {
  const found = regions
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .filter((region) => region !== null);
  const at = found.findIndex((region) => region.contains(document.activeElement));
  const region = found[(at + step + found.length) % found.length];
  const candidates = region?.querySelectorAll<HTMLElement>(
    'textarea, [tabindex="0"], button:not([tabindex="-1"]), input, select',
  );
  [...(candidates ?? [])].find((element) => element.offsetParent !== null)?.focus();
}

/** VS Code's habits, wherever the focus is; before the editor's own keys. */
export function listenForShortcuts(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'F6') {
        event.preventDefault();
        focusRegion(event.shiftKey ? -1 : 1);
        return;
      }
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const shift = event.shiftKey ? 'shift+' : '';
      const action = actions[`mod+${shift}${event.key.toLowerCase()}`];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      // A modal dialog is finished first.
      if (useLayout.getState().dialog === undefined) action();
    },
    { capture: true },
  );
}
