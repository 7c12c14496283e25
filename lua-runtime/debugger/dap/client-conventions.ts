import type { RequestArguments } from './request-arguments.ts';

/** How this client counts and what it understands: the arguments of `initialize`. */
export interface ClientConventions {
  readonly firstLine: 0 | 1;
  readonly firstColumn: 0 | 1;
  readonly pathFormat: 'path' | 'uri';
  readonly showsTypes: boolean;
  readonly showsProgress: boolean;
  readonly takesInvalidation: boolean;
}

/** Absent arguments mean what DAP says they do: lines and columns from 1, paths as paths. */
export function conventionsOf(args: RequestArguments): ClientConventions {
  return {
    firstLine: args.all['linesStartAt1'] === false ? 0 : 1,
    firstColumn: args.all['columnsStartAt1'] === false ? 0 : 1,
    pathFormat: args.optionalText('pathFormat') === 'uri' ? 'uri' : 'path',
    showsTypes: args.flag('supportsVariableType'),
    showsProgress: args.flag('supportsProgressReporting'),
    takesInvalidation: args.flag('supportsInvalidatedEvent'),
  };
}

/** Our lines start at 1. */
export function clientLine({ firstLine }: ClientConventions, line: number): number {
  return line - 1 + firstLine;
}

export function ownLine({ firstLine }: ClientConventions, line: number): number {
  return line + 1 - firstLine;
}

/** From characters before the place. */
export function clientColumn({ firstColumn }: ClientConventions, offset: number): number {
  return offset + firstColumn;
}

export function ownOffset({ firstColumn }: ClientConventions, column: number): number {
  return column - firstColumn;
}
