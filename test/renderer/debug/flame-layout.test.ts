import { expect, it } from 'vitest';
import type { Profile, ProfileNode } from '../../../electron/bridge/debug.ts';
import {
  boxBeside,
  flameBoxes,
  flameRows,
  nodeAt,
} from '../../../renderer/debug/profile/flame-layout.ts';

function node(name: string, totalUs: number, children: ProfileNode[] = []): ProfileNode {
  const selfUs = totalUs - children.reduce((sum, child) => sum + child.totalUs, 0);
  return { name, kind: 'lua', count: 1, totalUs, selfUs, children };
}
const publish = node('amqp.publish', 50);
const send = node('send', 60, [publish]);
const root = node('run', 100, [node('load', 20), send]);
const profile: Profile = { totalUs: 50, hostUs: 50, root, functions: [] };
const find = (name: string, boxes = flameBoxes(root)) =>
  boxes.find((box) => box.node.name === name)!;

it('lays callees below their caller, side by side, as wide as their time', () => {
  const boxes = flameBoxes(root);
  expect(boxes.map(({ node: { name }, left, width, depth }) => [name, left, width, depth])).toEqual(
    [
      ['run', 0, 1, 0],
      ['load', 0, 0.2, 1],
      ['send', 0.2, 0.6, 1],
      ['amqp.publish', 0.2, 0.5, 2],
    ],
  );
  expect(flameRows(boxes)).toBe(3);
});

it('gives a node that is zoomed into the whole width, under the same path', () => {
  const [first, second] = flameBoxes(send, '1');
  expect(first).toMatchObject({ path: '1', left: 0, width: 1, depth: 0 });
  expect(second).toMatchObject({ path: '1.0', depth: 1 });
  expect(second?.width).toBeCloseTo(5 / 6);
  expect(nodeAt(profile, '1.0')).toBe(publish);
  expect(nodeAt(profile, '')).toBe(root);
  expect(nodeAt(profile, '4.1')).toBeUndefined();
});

it('leaves out what would be less than a pixel', () => {
  expect(flameBoxes(node('run', 1e6, [node('tiny', 1)]))).toHaveLength(1);
});

it('moves by arrows: to the caller, to the widest callee, to the neighbours', () => {
  const boxes = flameBoxes(root);
  expect(boxBeside(boxes, find('amqp.publish'), 'ArrowUp')?.node.name).toBe('send');
  expect(boxBeside(boxes, find('run'), 'ArrowDown')?.node.name).toBe('send');
  expect(boxBeside(boxes, find('load'), 'ArrowRight')?.node.name).toBe('send');
  expect(boxBeside(boxes, find('send'), 'ArrowLeft')?.node.name).toBe('load');
  expect(boxBeside(boxes, find('load'), 'ArrowDown')).toBeUndefined();
  expect(boxBeside(boxes, find('run'), 'Home')).toBeUndefined();
});
