/** Texts that a type takes only in a certain form: one of a few, a duration, a throttle. */
import { membersOf } from '../catalogue/resolve-type.ts';
import type { TypeNode } from '../catalogue/type-text.ts';
import { parseDuration } from '../../kumo/duration.ts';
import { nearestName } from '../../kumo/nearest-name.ts';
import { parseThrottleSpec } from '../../kumo/throttle-spec.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { ERROR, type Report } from './check.ts';

interface TextProblem {
  readonly code: 'unknown-variant' | 'bad-duration' | 'bad-throttle';
  /** What it takes instead, to follow "takes". */
  readonly expected: string;
  /** The core of what KumoMTA says of the text. */
  readonly said: string;
  /** One more sentence, with a space before it; empty: none. */
  readonly hint: string;
  readonly fix?: TextFix;
}

interface TextFix {
  readonly title: string;
  readonly newText: string;
  /** Of the text without its quotes, or with them. */
  readonly replaces: 'content' | 'quoted';
}

/** A text as it is written, in Lua or in a data file. */
interface WrittenText extends Span {
  readonly value: string;
  /** Between the quotes. */
  readonly content: Span;
}

/**
 * What is wrong with the form of a text; undefined: nothing.
 *
 * @param type resolved
 * @param say what that leads to
 */
export function textReport(
  text: WrittenText,
  type: TypeNode,
  say: (problem: TextProblem) => string,
): Report | undefined {
  const problem = textProblem(text.value, type);
  if (problem === undefined) return undefined;
  const { code, fix } = problem;
  const report = { code, at: text, severity: ERROR, message: say(problem) } as const;
  if (fix === undefined) return report;
  const at = fix.replaces === 'content' ? text.content : text;
  const edits = [{ at, newText: fix.newText }];
  return { ...report, fixes: [{ title: fix.title, preferred: true, edits }] };
}

function textProblem(value: string, type: TypeNode): TextProblem | undefined {
  const members = membersOf(type);
  const literals = members.flatMap((m) => (m.kind === 'literal' ? [String(m.value)] : []));
  const names = new Set(members.flatMap((m) => (m.kind === 'name' ? [m.name] : [])));
  if (literals.length > 0 && !names.has('string') && !literals.includes(value)) {
    return unknownVariant(value, literals);
  }
  if (names.has('duration') && parseDuration(value) === undefined) return badDuration(value);
  if (!names.has('throttle')) return undefined;
  try {
    parseThrottleSpec(value);
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { code: 'bad-throttle', expected: "a throttle such as '100/s'", said, hint: '' };
  }
}

function unknownVariant(value: string, literals: readonly string[]): TextProblem {
  const meant = nearestName(value, literals);
  return {
    code: 'unknown-variant',
    expected: literals.map((each) => `'${each}'`).join(', '),
    said: `unknown variant \`${value}\``,
    hint: meant === undefined ? '' : ` Did you mean '${meant}'?`,
    ...(meant === undefined
      ? {}
      : { fix: { title: `Change to '${meant}'`, newText: meant, replaces: 'content' } }),
  };
}

function badDuration(value: string): TextProblem {
  const isNumber = /^\s*\d+\s*$/.test(value);
  return {
    code: 'bad-duration',
    expected: "a duration such as '20 minutes' or '1h30m'",
    said: `invalid value: string \\"${value}\\", expected a duration`,
    hint: isNumber ? ' A number without a unit is written without quotes.' : '',
    ...(isNumber
      ? {
          fix: {
            title: `Write ${value.trim()} (seconds)`,
            newText: value.trim(),
            replaces: 'quoted',
          },
        }
      : {}),
  };
}
