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
  const placedAt = (line: number) => new Map([[1, { verified: true, line }]]);
  const moved = (from: Parameters<typeof moveLines>[0], to: number) =>
    moveLines(from, new Map([[1, to]]));

  it('follows the text', () => {
    const lines = [at(1, 4), at(2, 16)];
    const after = moveLines({ lines, places: new Map() }, new Map([[2, 18]]));
    expect(after.lines).toEqual([at(1, 4), at(2, 18)]);
  });

  it('is the same list when nothing has moved', () => {
    const lines = [at(1, 4)];
    expect(moved({ lines, places: new Map() }, 4).lines).toBe(lines);
  });

  it('keeps one of two that have come together', () => {
    const together = new Map([
      [1, 4],
      [2, 4],
    ]);
    const lines = [at(1, 4), at(2, 5)];
    expect(moveLines({ lines, places: new Map() }, together).lines).toEqual([at(1, 4)]);
  });

  it('does not take for a move what the debugger has put on a line with code', () => {
    const lines = [at(1, 11)];
    expect(moved({ lines, places: placedAt(12) }, 12).lines).toBe(lines);
    expect(moved({ lines, places: placedAt(12) }, 14)).toEqual({
      lines: [at(1, 13)],
      places: placedAt(14),
    });
  });

  it('counts no move twice while one types on', () => {
    let now: ReturnType<typeof moveLines> = { lines: [at(1, 4)], places: placedAt(4) };
    for (let typed = 0; typed < 3; typed++) now = moved(now, 5);
    expect(now.lines).toEqual([at(1, 5)]);
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
