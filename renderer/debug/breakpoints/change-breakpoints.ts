/** What a person does to breakpoints. */
import {
  breakpointAt,
  nextBreakpointId,
  useBreakpoints,
  type DomainEvent,
  type EventBreakpoint,
  type LineBreakpoint,
} from './breakpoints-store.ts';

/** What a line breakpoint does when its line is reached. */
export type LineBehaviour = Pick<LineBreakpoint, 'condition' | 'hitCondition' | 'logMessage'>;

/** Sets a breakpoint on a line that has none, takes it away from one that has. */
export function toggleBreakpoint(file: string, line: number): void {
  const there = breakpointAt(file, line);
  if (there) removeLineBreakpoint(there.id);
  else setLineBreakpoint(file, line, {});
}

/** Sets or changes what happens on a line. */
export function setLineBreakpoint(file: string, line: number, behaviour: LineBehaviour): void {
  const there = breakpointAt(file, line);
  const changed: LineBreakpoint = {
    id: there?.id ?? nextBreakpointId(),
    file,
    line,
    enabled: true,
    ...behaviour,
  };
  useBreakpoints.setState(({ lines }) => ({
    lines: [...lines.filter((b) => b !== there), changed].sort(byPlace),
  }));
}

function byPlace(a: LineBreakpoint, b: LineBreakpoint): number {
  return a.file.localeCompare(b.file) || a.line - b.line;
}

export function removeLineBreakpoint(id: number): void {
  useBreakpoints.setState(({ lines }) => ({ lines: lines.filter((b) => b.id !== id) }));
}

export function enableLineBreakpoint(id: number, enabled: boolean): void {
  useBreakpoints.setState(({ lines }) => ({
    lines: lines.map((b) => (b.id === id ? { ...b, enabled } : b)),
  }));
}

/** Stops where a function of this name is entered: `send`, `sender:send`. */
export function addFunctionBreakpoint(name: string): void {
  const { functions } = useBreakpoints.getState();
  if (name === '' || functions.some((b) => b.name === name)) return;
  useBreakpoints.setState({
    functions: [...functions, { id: nextBreakpointId(), name, enabled: true }],
  });
}

export function removeFunctionBreakpoint(id: number): void {
  useBreakpoints.setState(({ functions }) => ({ functions: functions.filter((b) => b.id !== id) }));
}

export function enableFunctionBreakpoint(id: number, enabled: boolean): void {
  useBreakpoints.setState(({ functions }) => ({
    functions: functions.map((b) => (b.id === id ? { ...b, enabled } : b)),
  }));
}

/** @param only names separated by commas; empty: all events of this kind */
export function changeEventBreakpoint(event: DomainEvent, enabled: boolean, only: string): void {
  const changed: EventBreakpoint = { event, enabled, ...(only === '' ? {} : { only }) };
  useBreakpoints.setState(({ events }) => ({
    events: [...events.filter((b) => b.event !== event), changed],
  }));
}

export function removeAllBreakpoints(): void {
  useBreakpoints.setState(({ events }) => ({
    lines: [],
    functions: [],
    events: events.map((b) => ({ ...b, enabled: false })),
  }));
}

/** Switches every breakpoint of lines and functions on or off. */
export function enableAllBreakpoints(enabled: boolean): void {
  useBreakpoints.setState(({ lines, functions }) => ({
    lines: lines.map((b) => ({ ...b, enabled })),
    functions: functions.map((b) => ({ ...b, enabled })),
  }));
}
