/** The text of a log point: what is between braces is a Lua expression. */

export type LogPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: string };

/**
 * An expression ends at the first `}` up to which it compiles, so that tables can be written in it.
 * Braces around nothing that compiles stay text, and `problem` says so.
 *
 * @param compiles whether a text is a Lua expression.
 */
export function parseLogMessage(
  message: string,
  compiles: (expression: string) => boolean,
): { readonly parts: readonly LogPart[]; readonly problem?: string } {
  const parts: LogPart[] = [];
  let problem: string | undefined;
  let text = '';
  let at = 0;
  while (at < message.length) {
    const character = message.charAt(at);
    const end = character === '{' ? expressionEnd(message, at, compiles) : undefined;
    if (end === undefined) {
      if (character === '{') {
        problem ??= `What follows “{” in “${message.slice(at, at + 20)}” is no Lua expression, so it is logged as it stands.`;
      }
      text += character;
      at++;
      continue;
    }
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    parts.push({ kind: 'expression', expression: message.slice(at + 1, end) });
    at = end + 1;
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return problem === undefined ? { parts } : { parts, problem };
}

function expressionEnd(
  message: string,
  open: number,
  compiles: (expression: string) => boolean,
): number | undefined {
  for (let end = message.indexOf('}', open); end >= 0; end = message.indexOf('}', end + 1)) {
    if (compiles(message.slice(open + 1, end))) return end;
  }
  return undefined;
}
