import { create } from 'zustand';
import type { BreakpointKind } from '../breakpoints/breakpoint-look.ts';

/** What is open over the text: a menu at the gutter, or the fields of a breakpoint under its line. */
interface BreakpointEditing {
  readonly menu:
    | { readonly file: string; readonly line: number; readonly x: number; readonly y: number }
    | undefined;
  readonly editor:
    { readonly file: string; readonly line: number; readonly kind: BreakpointKind } | undefined;
}

export const useBreakpointEditing = create<BreakpointEditing>()(() => ({
  menu: undefined,
  editor: undefined,
}));

/** Opens the fields under a line. `kind` is what they begin with. */
export function editBreakpoint(file: string, line: number, kind: BreakpointKind): void {
  useBreakpointEditing.setState({ menu: undefined, editor: { file, line, kind } });
}

export function closeBreakpointEditor(): void {
  useBreakpointEditing.setState({ editor: undefined });
}

export function closeGutterMenu(): void {
  useBreakpointEditing.setState({ menu: undefined });
}
