import { beforeEach, describe, expect, it } from 'vitest';
import {
  behaviourWords,
  breakpointLook,
  lineWords,
} from '../../../renderer/debug/breakpoints/breakpoint-look.ts';
import {
  breakpointAt,
  useBreakpoints,
  type LineBreakpoint,
} from '../../../renderer/debug/breakpoints/breakpoints-store.ts';
import {
  addFunctionBreakpoint,
  changeEventBreakpoint,
  enableAllBreakpoints,
  removeAllBreakpoints,
  setLineBreakpoint,
  toggleBreakpoint,
} from '../../../renderer/debug/breakpoints/change-breakpoints.ts';
import {
  filtersOf,
  functionsOf,
  linesOf,
} from '../../../renderer/debug/breakpoints/dap-breakpoints.ts';
import { moveLines } from '../../../renderer/debug/breakpoints/move-lines.ts';

beforeEach(() => {
  useBreakpoints.setState({ lines: [], functions: [], events: [], places: new Map() });
});
const { getState } = useBreakpoints;
const places = () => getState().lines.map(({ file, line }) => `${file}:${line}`);

function at(id: number, line: number, change: Partial<LineBreakpoint> = {}): LineBreakpoint {
  return { id, file: 'init.lua', line, enabled: true, ...change };
}

describe('changing breakpoints', () => {
  it('sets one by file and line, and takes it away again', () => {
    toggleBreakpoint('routes.lua', 3);
    toggleBreakpoint('init.lua', 16);
    toggleBreakpoint('init.lua', 4);
    expect(places()).toEqual(['init.lua:4', 'init.lua:16', 'routes.lua:3']);
    toggleBreakpoint('init.lua', 16);
    expect(places()).toEqual(['init.lua:4', 'routes.lua:3']);
  });

  it('edits the one that is there: what is not asked any more is gone', () => {
    setLineBreakpoint('init.lua', 16, { condition: 'x > 1' });
    const { id } = breakpointAt('init.lua', 16)!;
    setLineBreakpoint('init.lua', 16, { logMessage: '{x}' });
    expect(getState().lines).toEqual([at(id, 16, { logMessage: '{x}' })]);
  });

  it('adds no function twice and none without a name', () => {
    for (const name of ['send', '', 'send']) addFunctionBreakpoint(name);
    expect(getState().functions.map(({ name }) => name)).toEqual(['send']);
  });

  it('removes all and leaves what was named for events', () => {
    toggleBreakpoint('init.lua', 4);
    addFunctionBreakpoint('send');
    changeEventBreakpoint('host-call', true, 'amqp.publish');
    removeAllBreakpoints();
    expect(getState()).toMatchObject({
      lines: [],
      functions: [],
      events: [{ event: 'host-call', enabled: false, only: 'amqp.publish' }],
    });
  });

  it('switches lines and functions off and on together', () => {
    toggleBreakpoint('init.lua', 4);
    addFunctionBreakpoint('send');
    enableAllBreakpoints(false);
    const { lines, functions } = getState();
    expect([...lines, ...functions].map(({ enabled }) => enabled)).toEqual([false, false]);
  });
});

describe('moveLines', () => {
  it('follows the text', () => {
    const lines = [at(1, 4), at(2, 16)];
    expect(moveLines(lines, new Map(), new Map([[2, 18]]))).toEqual([at(1, 4), at(2, 18)]);
  });

  it('is the same list when nothing has moved', () => {
    const lines = [at(1, 4)];
    expect(moveLines(lines, new Map(), new Map([[1, 4]]))).toBe(lines);
  });

  it('keeps one of two that have come together', () => {
    const moved = new Map([
      [1, 4],
      [2, 4],
    ]);
    expect(moveLines([at(1, 4), at(2, 5)], new Map(), moved)).toEqual([at(1, 4)]);
  });

  it('does not take for a move what the debugger has put on a line with code', () => {
    const placed = new Map([[1, { verified: true, line: 12 }]]);
    const lines = [at(1, 11)];
    expect(moveLines(lines, placed, new Map([[1, 12]]))).toBe(lines);
    expect(moveLines(lines, placed, new Map([[1, 14]]))).toEqual([at(1, 13)]);
  });
});

describe('in the words of DAP', () => {
  it('says no more than was set', () => {
    const [line] = linesOf([at(1, 16, { condition: 'x', hitCondition: '% 5' })]);
    expect(line).toEqual({ line: 16, condition: 'x', hitCondition: '% 5' });
    expect(functionsOf([{ id: 2, name: 'send', enabled: true }])).toEqual([{ name: 'send' }]);
  });

  it('names events as exception filters, with the names to stop at as condition', () => {
    const events = [
      { event: 'silent-loss', enabled: true },
      { event: 'host-call', enabled: true, only: 'amqp.publish' },
    ] as const;
    expect(filtersOf(events)).toEqual({
      filters: [],
      filterOptions: [
        { filterId: 'silent-loss' },
        { filterId: 'host-call', condition: 'amqp.publish' },
      ],
    });
  });
});

describe('how a breakpoint looks', () => {
  it('has a shape for what it does and one for whether it does it', () => {
    expect(breakpointLook(at(1, 4), undefined)).toBe('breakpoint-dot plain on');
    expect(breakpointLook(at(1, 4, { condition: 'x' }), { verified: false })).toBe(
      'breakpoint-dot condition unverified',
    );
    expect(breakpointLook(at(1, 4, { logMessage: '{x}', enabled: false }), undefined)).toBe(
      'breakpoint-dot log off',
    );
  });

  it('says what it does and why it stands elsewhere', () => {
    const breakpoint = at(1, 11, { condition: 'x', hitCondition: '>= 5' });
    expect(behaviourWords(breakpoint)).toBe('x · hit >= 5');
    expect(lineWords(breakpoint, { verified: true, line: 12 })).toBe(
      'Conditional breakpoint: x · hit >= 5. Moved from line 11, which has no code.',
    );
    expect(lineWords(at(1, 4), { verified: false, message: 'No code here.' })).toBe(
      'Breakpoint. No code here.',
    );
  });
});
