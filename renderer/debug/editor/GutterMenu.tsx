import type { MenuItem } from '../../controls/MenuItems.tsx';
import { ContextMenu } from '../../controls/ContextMenu.tsx';
import { useBreakpoints } from '../breakpoints/breakpoints-store.ts';
import { kindOf } from '../breakpoints/breakpoint-look.ts';
import {
  enableLineBreakpoint,
  removeLineBreakpoint,
  setLineBreakpoint,
} from '../breakpoints/change-breakpoints.ts';
import { runToLine } from '../session/run-control.ts';
import { useSession } from '../session/session-store.ts';
import { closeGutterMenu, editBreakpoint, useBreakpointEditing } from './breakpoint-editing.ts';

/** What can be done at a line's number. */
export function GutterMenu() {
  const menu = useBreakpointEditing((state) => state.menu);
  const lines = useBreakpoints((state) => state.lines);
  const stopped = useSession((state) => state.phase === 'stopped');
  if (!menu) return null;
  const { file, line } = menu;
  const there = lines.find((b) => b.file === file && b.line === line);
  const items: MenuItem[] = there
    ? [
        {
          id: 'edit',
          label: 'Edit breakpoint',
          onChoose: () => editBreakpoint(file, line, kindOf(there)),
        },
        {
          id: 'enable',
          label: there.enabled ? 'Disable' : 'Enable',
          onChoose: () => enableLineBreakpoint(there.id, !there.enabled),
        },
        { id: 'remove', label: 'Remove', onChoose: () => removeLineBreakpoint(there.id) },
      ]
    : [
        { id: 'add', label: 'Add breakpoint', onChoose: () => setLineBreakpoint(file, line, {}) },
        {
          id: 'condition',
          label: 'Add conditional breakpoint',
          onChoose: () => editBreakpoint(file, line, 'condition'),
        },
        {
          id: 'log',
          label: 'Add log point',
          onChoose: () => editBreakpoint(file, line, 'log'),
        },
      ];
  if (stopped) {
    items.push({
      id: 'run',
      label: 'Run to this line',
      onChoose: () => void runToLine(file, line),
    });
  }
  return (
    <ContextMenu
      label={`Line ${line}`}
      x={menu.x}
      y={menu.y}
      items={items}
      onClose={closeGutterMenu}
    />
  );
}
