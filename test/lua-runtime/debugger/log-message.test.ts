import { describe, expect, it } from 'vitest';
import { parseLogMessage } from '../../../lua-runtime/debugger/log-message.ts';

/** As Lua would: braces have to match, and there has to be something. */
const compiles = (text: string): boolean =>
  text.trim() !== '' && text.split('{').length === text.split('}').length;
const parse = (message: string) => parseLogMessage(message, compiles);

describe('a log message', () => {
  it('is text with expressions in it', () => {
    expect(parse('queue {queue} after {n} tries')).toEqual({
      parts: [
        { kind: 'text', text: 'queue ' },
        { kind: 'expression', expression: 'queue' },
        { kind: 'text', text: ' after ' },
        { kind: 'expression', expression: 'n' },
        { kind: 'text', text: ' tries' },
      ],
    });
  });

  it('has expressions with tables in them', () => {
    expect(parse('{ { 1 } }{{2}}').parts).toEqual([
      { kind: 'expression', expression: ' { 1 } ' },
      { kind: 'expression', expression: '{2}' },
    ]);
  });

  it.each(['open {x', 'empty {}', '{'])('keeps “%s” as it stands and says so', (message) => {
    const { parts, problem } = parse(message);
    expect(parts).toEqual([{ kind: 'text', text: message }]);
    expect(problem).toContain('is no Lua expression');
  });

  it('has no problem with a closing brace', () => {
    expect(parse('a } b')).toEqual({ parts: [{ kind: 'text', text: 'a } b' }] });
  });
});
