/** A call tree as boxes: callers above what they call, widths by time. Pure. */
import type { Profile, ProfileNode } from '../../../electron/bridge/debug.ts';

export interface FlameBox {
  readonly node: ProfileNode;
  /** Which way down from the top, to find it again: indexes of children. */
  readonly path: string;
  /** Share of the whole, 0 to 1. */
  readonly left: number;
  readonly width: number;
  /** 0 at the top. */
  readonly depth: number;
}

/** Narrower boxes would be less than a pixel. */
const narrowest = 1 / 3000;

/**
 * @param root what takes the whole width: the run, or a node that was zoomed into
 * @param rootPath its own path
 */
export function flameBoxes(root: ProfileNode, rootPath = ''): FlameBox[] {
  const boxes: FlameBox[] = [];
  const whole = Math.max(root.totalUs, 1e-9);
  const add = (node: ProfileNode, path: string, left: number, depth: number): void => {
    const width = node.totalUs / whole;
    if (width < narrowest) return;
    boxes.push({ node, path, left, width, depth });
    let at = left;
    node.children.forEach((child, index) => {
      add(child, path === '' ? `${index}` : `${path}.${index}`, at, depth + 1);
      at += child.totalUs / whole;
    });
  };
  add(root, rootPath, 0, 0);
  return boxes;
}

/** The node at a path; undefined when the profile is another one by now. */
export function nodeAt(profile: Profile, path: string): ProfileNode | undefined {
  let node: ProfileNode | undefined = profile.root;
  if (path === '') return node;
  for (const index of path.split('.')) node = node?.children[Number(index)];
  return node;
}

/** How deep the boxes go, in rows. */
export function flameRows(boxes: readonly FlameBox[]): number {
  return boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 0);
}

/** The box that an arrow key leads to: up to the caller, down to the widest callee, to a neighbour. */
export function boxBeside(
  boxes: readonly FlameBox[],
  from: FlameBox,
  key: string,
): FlameBox | undefined {
  const end = from.left + from.width;
  switch (key) {
    case 'ArrowUp':
      return boxes.find(
        ({ depth, left, width }) =>
          depth === from.depth - 1 && left <= from.left + 1e-9 && left + width >= end - 1e-9,
      );
    case 'ArrowDown':
      return boxes
        .filter(
          ({ depth, left, width }) =>
            depth === from.depth + 1 && left >= from.left - 1e-9 && left + width <= end + 1e-9,
        )
        .reduce<FlameBox | undefined>((a, b) => (a && a.width >= b.width ? a : b), undefined);
    case 'ArrowRight':
      return boxes
        .filter(({ depth, left }) => depth === from.depth && left > from.left)
        .reduce<FlameBox | undefined>((a, b) => (a && a.left <= b.left ? a : b), undefined);
    case 'ArrowLeft':
      return boxes
        .filter(({ depth, left }) => depth === from.depth && left < from.left)
        .reduce<FlameBox | undefined>((a, b) => (a && a.left >= b.left ? a : b), undefined);
    default:
      return undefined;
  }
}
