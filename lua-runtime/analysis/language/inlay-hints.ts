/**
 * What helps to read a line and does not stand on it: the unit of a span of time that is a bare number,
 * and which parameter a literal is for. Sparing: where the text tells it already, nothing is said.
 */
import type { Range } from '../analysis-contract.ts';
import type { Parameter } from '../catalogue/catalogue-contract.ts';
import { membersOf } from '../catalogue/resolve-type.ts';
import { LineMap } from '../line-map.ts';
import type { InlayHint } from '../lsp-types.ts';
import type {
  CallExpression,
  Expression,
  MethodCallExpression,
  NumberExpression,
} from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import { calledFunction, expectedType } from './expected-type.ts';

/** Names that say no more than the place does. */
const PLAIN_NAMES = new Set([
  'value',
  'v',
  'name',
  'key',
  'k',
  'text',
  'string',
  's',
  'str',
  'a',
  'b',
]);

/** @param range the part of the file that is asked about */
export function inlayHintsOf(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  range: Range,
): InlayHint[] {
  const lines = new LineMap(file.text);
  const [start, end] = [lines.offset(range.start), lines.offset(range.end)];
  const found: InlayHint[] = [];
  walk(file.chunk, (node) => {
    if (node.end < start || node.start > end) return false;
    if (node.kind === 'Number') {
      const label = unitOf(evaluator, file, node);
      if (label !== undefined) found.push({ position: lines.position(node.end), label, kind: 1 });
    } else if (node.kind === 'Call' || node.kind === 'MethodCall') {
      for (const { at, name } of namedArguments(evaluator, file, node)) {
        found.push({ position: lines.position(at.start), label: `${name}:`, kind: 2 });
      }
    }
    return true;
  });
  return found;
}

function unitOf(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  node: NumberExpression,
): string | undefined {
  const type = expectedType(evaluator, file, node);
  const isDuration =
    type !== undefined &&
    membersOf(type).some((member) => member.kind === 'name' && member.name === 'duration');
  return isDuration ? ` s${inLargerUnits(node.value)}` : undefined;
}

/** `(1h 30m)` where the seconds are hard to read. */
function inLargerUnits(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 120) return '';
  const parts = [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
    ['s', 1],
  ] as const;
  let left = seconds;
  const told = parts.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return ` (${told.join(' ')})`;
}

interface NamedArgument {
  readonly at: Expression;
  readonly name: string;
}

/** Literals among several arguments, whose names add something. */
function namedArguments(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  call: CallExpression | MethodCallExpression,
): NamedArgument[] {
  if (call.args.length < 2 || !call.args.some(isUnclear)) return [];
  const names = parameterNames(evaluator, file, call);
  return call.args.flatMap((at, i) => {
    const name = names[i];
    return name === undefined || PLAIN_NAMES.has(name) || !isUnclear(at) ? [] : [{ at, name }];
  });
}

/** A text mostly says by itself what it is. */
function isUnclear({ kind }: Expression): boolean {
  return kind === 'Number' || kind === 'Boolean' || kind === 'Nil';
}

function parameterNames(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  call: CallExpression | MethodCallExpression,
): readonly string[] {
  const api = calledFunction(evaluator, file, call);
  if (api !== undefined) {
    const names = api.entry.parameters.map(({ name }: Parameter) => name);
    return call.kind === 'Call' && api.fullName.includes(':') ? ['self', ...names] : names;
  }
  const [callee, other] = evaluator.calleesOf(file, call);
  if (callee?.kind !== 'function' || other !== undefined) return [];
  const names = callee.fn.parameters.map(({ name }) => name);
  // `object:method(a)` of a function that writes its `self`.
  const isDot = call.kind === 'MethodCall' && !evaluator.writes.methods.has(callee.fn);
  return isDot ? names.slice(1) : names;
}
