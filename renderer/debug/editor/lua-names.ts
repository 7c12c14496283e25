/**
 * Where a Lua text uses which variables, as far as values beside the lines need to know. Reads tokens
 * by the Lua 5.4 manual, section 3.1; blocks by section 9, "The Complete Syntax of Lua".
 */

interface Token {
  readonly text: string;
  readonly line: number;
  readonly isName: boolean;
}

const longBracket = /\[(=*)\[/y;
const name = /[A-Za-z_]\w*/y;
const number = /0[xX][\da-fA-F.]*(?:[pP][+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

const keywords = new Set(
  'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
);

/** Names, keywords and single signs; strings, numbers and comments are left out. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  const skipTo = (end: number): void => {
    for (; at < end; at++) if (text[at] === '\n') line += 1;
  };
  /** Over a long bracket that begins here. */
  const skipLong = (): boolean => {
    longBracket.lastIndex = at;
    const open = longBracket.exec(text);
    if (!open) return false;
    const close = text.indexOf(`]${open[1] ?? ''}]`, longBracket.lastIndex);
    skipTo(close < 0 ? text.length : close + 2 + (open[1]?.length ?? 0));
    return true;
  };
  while (at < text.length) {
    const sign = text[at] ?? '';
    if (text.startsWith('--', at)) {
      at += 2;
      if (skipLong()) continue;
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (sign === '"' || sign === "'") {
      let end = at + 1;
      while (end < text.length && text[end] !== sign && text[end] !== '\n') {
        end += text[end] === '\\' ? 2 : 1;
      }
      skipTo(Math.min(end + 1, text.length));
    } else if (sign === '[' && skipLong()) {
      continue;
    } else if (/[A-Za-z_]/.test(sign)) {
      name.lastIndex = at;
      const word = name.exec(text)?.[0] ?? sign;
      tokens.push({ text: word, line, isName: !keywords.has(word) });
      at += word.length;
    } else if (/\d/.test(sign) || (sign === '.' && /\d/.test(text[at + 1] ?? ''))) {
      number.lastIndex = at;
      at += number.exec(text)?.[0].length ?? 1;
    } else {
      if (sign === '\n') line += 1;
      else if (!/\s/.test(sign)) tokens.push({ text: sign, line, isName: false });
      at += 1;
    }
  }
  return tokens;
}

export interface FunctionExtent {
  readonly first: number;
  readonly last: number;
}

/** First and last lines of every function, the whole text as the outermost. */
function functionsOf(tokens: readonly Token[]): FunctionExtent[] {
  const found: FunctionExtent[] = [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
  const open: { readonly word: string; readonly line: number }[] = [];
  for (const { text: word, line } of tokens) {
    if (word === 'function' || word === 'do' || word === 'if' || word === 'repeat') {
      open.push({ word, line });
    } else if (word === 'end' || word === 'until') {
      const closed = open.pop();
      if (closed?.word === 'function') found.push({ first: closed.line, last: line });
    }
  }
  // Not closed yet, as while it is being typed.
  for (const { word, line } of open) {
    if (word === 'function') found.push({ first: line, last: Number.MAX_SAFE_INTEGER });
  }
  return found;
}

/** Fields are not variables: `a.name`, `a:name`, `{ name = 1 }`. */
function isVariable(tokens: readonly Token[], index: number, braces: number): boolean {
  if (tokens[index]?.isName !== true) return false;
  const before = tokens[index - 1]?.text;
  const twoBefore = tokens[index - 2]?.text;
  // `..` is a concatenation.
  if (before === ':' || (before === '.' && twoBefore !== '.')) return false;
  const after = tokens[index + 1]?.text;
  const isKey = braces > 0 && after === '=' && tokens[index + 2]?.text !== '=';
  return !(isKey && (before === '{' || before === ',' || before === ';'));
}

/**
 * The variables that are named on each line of the function around `line`, from its head to that
 * line; what stands in functions inside it is left out.
 */
export function namesUntil(text: string, line: number): Map<number, Set<string>> {
  const tokens = tokensOf(text);
  const functions = functionsOf(tokens);
  const size = (f: FunctionExtent): number => f.last - f.first;
  const around = functions
    .filter((f) => f.first <= line && line <= f.last)
    .reduce((a, b) => (size(b) < size(a) ? b : a));
  const inner = functions.filter(
    (f) => f !== around && f.first >= around.first && f.last <= around.last && f.last < line,
  );
  const names = new Map<number, Set<string>>();
  let braces = 0;
  tokens.forEach((token, index) => {
    if (token.text === '{') braces += 1;
    if (token.text === '}') braces = Math.max(braces - 1, 0);
    if (token.line < around.first || token.line > line) return;
    // The head of a function inside names its parameters, which are not here.
    if (inner.some((f) => f.first <= token.line && token.line <= f.last)) return;
    if (!isVariable(tokens, index, braces)) return;
    const there = names.get(token.line) ?? new Set();
    names.set(token.line, there.add(token.text));
  });
  return names;
}

const chainBefore = /(?:[A-Za-z_]\w*\s*(?:\.\s*))*[A-Za-z_]\w*$/;

/**
 * The expression under a column of a line (1-based): the word and what it is a field of, so that
 * `confirm.status` is asked for when the mouse is over `status`, and `confirm` over `confirm`.
 */
export function expressionAt(
  lineText: string,
  column: number,
): { readonly expression: string; readonly from: number; readonly to: number } | undefined {
  const at = column - 1;
  if (!/\w/.test(lineText[at] ?? '')) return undefined;
  let end = at;
  while (/\w/.test(lineText[end] ?? '')) end += 1;
  const head = lineText.slice(0, end);
  const expression = chainBefore.exec(head)?.[0];
  if (expression === undefined || keywords.has(expression)) return undefined;
  // A method's name by itself is no expression, and neither is what stands in a string or comment.
  const from = end - expression.length;
  if (lineText[from - 1] === ':' || isQuoted(lineText, from)) return undefined;
  return { expression, from: from + 1, to: end + 1 };
}

function isQuoted(lineText: string, index: number): boolean {
  let quote = '';
  for (let at = 0; at < index; at++) {
    const sign = lineText[at];
    if (quote === '') {
      if (lineText.startsWith('--', at)) return true;
      if (sign === '"' || sign === "'") quote = sign;
    } else if (sign === '\\') at += 1;
    else if (sign === quote) quote = '';
  }
  return quote !== '';
}
