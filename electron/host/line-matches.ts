/**
 * What a person's question matches in a text, line by line. A regular expression may take years for a
 * line, and nothing in JavaScript ends it: it runs where Node's `vm` can (https://nodejs.org/api/vm.html,
 * `timeout`).
 */
import { types } from 'node:util';
import vm from 'node:vm';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { SearchQuestion } from '../bridge/search.ts';

/** For all texts of one question, in milliseconds of the clock. */
const MOST_MS = 1_000;

/** Where a match is: `line` from 0, `index` and `length` in UTF-16 units. */
export interface LineMatch {
  readonly line: number;
  readonly index: number;
  readonly length: number;
}

/** Finds matches in lines; at most `most` of them. An empty match is none. */
export type FindMatches = (lines: readonly string[], most: number) => LineMatch[];

export interface Matching {
  readonly pattern: RegExp;
  readonly find: FindMatches;
}

function findIn(pattern: RegExp, lines: readonly string[], most: number): LineMatch[] {
  const found: LineMatch[] = [];
  for (const [line, text] of lines.entries()) {
    for (const { index, 0: match } of text.matchAll(pattern)) {
      if (match.length > 0) found.push({ line, index, length: match.length });
      if (found.length >= most) return found;
    }
  }
  return found;
}

/**
 * Undefined for a question that asks for nothing. Throws `invalid-input` for what is no regular
 * expression; `find` throws `refused` for one that takes too long.
 */
export function matchingOf(question: SearchQuestion): Matching | undefined {
  const pattern = patternOf(question);
  if (pattern === undefined) return undefined;
  const find: FindMatches = (lines, most) => findIn(pattern, lines, most);
  return { pattern, find: question.regularExpression ? endedInTime(find) : find };
}

const call = new vm.Script('find()');
const TIMEOUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Ends `find` wherever it is when the time of all its calls together is over. */
function endedInTime(find: FindMatches): FindMatches {
  // A context takes as long to make as a file takes to be looked through.
  const context = vm.createContext({});
  let leftMs = MOST_MS;
  return (lines, most) => {
    context['find'] = () => find(lines, most);
    const began = performance.now();
    try {
      return call.runInContext(context, { timeout: Math.max(Math.ceil(leftMs), 1) }) as LineMatch[];
    } catch (error) {
      // An error of the context, whose `Error` is not ours.
      const isError = types.isNativeError(error);
      if (!isError || !('code' in error) || error.code !== TIMEOUT) throw error;
      throw new BridgeError(
        'refused',
        'This expression takes too long. Repeat nothing that is repeated already, as (a+)+ does.',
      );
    } finally {
      leftMs -= performance.now() - began;
    }
  };
}

/** Undefined for a question that asks for nothing. */
function patternOf(question: SearchQuestion): RegExp | undefined {
  const { text, matchCase, wholeWord, regularExpression } = question;
  if (text === '') return undefined;
  const source = regularExpression
    ? `(?:${text})`
    : text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const isWord = (character: string): boolean => regularExpression || /\w/.test(character);
  const before = wholeWord && isWord(text.charAt(0)) ? String.raw`\b` : '';
  const behind = wholeWord && isWord(text.charAt(text.length - 1)) ? String.raw`\b` : '';
  try {
    return new RegExp(before + source + behind, matchCase ? 'g' : 'gi');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BridgeError('invalid-input', `${text} is no regular expression: ${reasonIn(why)}.`);
  }
}

/** V8 repeats the whole expression before it says what is wrong. */
function reasonIn(message: string): string {
  return message.slice(message.lastIndexOf(': ') + 2).toLowerCase();
}
