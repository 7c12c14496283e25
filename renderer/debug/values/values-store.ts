import { create } from 'zustand';
import type { Children, ValueNode } from './value-tree.ts';

/** What there is to show of one frame. */
export interface FrameValues {
  /** The scopes of the selected frame. */
  readonly scopes: readonly ValueNode[];
  /** One for each watched expression, in order; absent values while nothing stands still. */
  readonly watched: readonly ValueNode[];
  /** By path, see value-tree.ts. Paths outlive stops, so that what was open stays open. */
  readonly children: ReadonlyMap<string, Children>;
}

interface ValuesState extends FrameValues {
  readonly expanded: ReadonlySet<string>;
  /** The row that the keys act on, by the tree's name. */
  readonly selected: Readonly<Record<string, string | undefined>>;
}

/** Open without being asked: what one looks for first. */
export const openAtFirst = ['Locals', 'Arguments', 'Varargs', 'Upvalues'];

export const noValues: ValuesState = {
  scopes: [],
  watched: [],
  children: new Map(),
  expanded: new Set(openAtFirst),
  selected: {},
};

export const useValues = create<ValuesState>()(() => noValues);

/** Watched expressions stand under this path, so that none is mistaken for a scope. */
export const watchRoot = '\u0003watch';
