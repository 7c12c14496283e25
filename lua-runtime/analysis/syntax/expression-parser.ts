/** Expressions (Lua 5.4 manual §3.4), with the precedence of §3.4.8. */
import type {
  Block,
  CallExpression,
  Expression,
  FunctionExpression,
  LocalName,
  MemberExpression,
  MethodCallExpression,
  NameExpression,
  TableExpression,
  TableField,
  UnaryExpression,
} from './syntax-tree.ts';
import type { TokenStream } from './token-stream.ts';

/** Left and right binding power: a right power below the left one binds to the right. */
const BINARY: ReadonlyMap<string, readonly [number, number]> = new Map<
  string,
  readonly [number, number]
>([
  ['or', [1, 1]],
  ['and', [2, 2]],
  ...['<', '>', '<=', '>=', '~=', '=='].map((op) => [op, [3, 3]] as const),
  ['|', [4, 4]],
  ['~', [5, 5]],
  ['&', [6, 6]],
  ['<<', [7, 7]],
  ['>>', [7, 7]],
  ['..', [9, 8]],
  ['+', [10, 10]],
  ['-', [10, 10]],
  ...['*', '/', '//', '%'].map((op) => [op, [11, 11]] as const),
  ['^', [14, 13]],
]);
const UNARY_POWER = 12;
const UNARY = new Set(['-', 'not', '#', '~']);
/** Deeper nesting is no policy and would overflow the stack here; Lua's own limit is 200 (LUAI_MAXCCALLS). */
const MAX_DEPTH = 200;

export class ExpressionParser {
  private readonly stream: TokenStream;
  private readonly parseBody: (end: number) => Block;
  private depth = 0;

  /** @param parseBody parses statements up to the `end` of the function that starts at the offset. */
  constructor(stream: TokenStream, parseBody: (start: number) => Block) {
    this.stream = stream;
    this.parseBody = parseBody;
  }

  list(): Expression[] {
    const expressions = [this.expression()];
    while (this.stream.accept(',')) expressions.push(this.expression());
    return expressions;
  }

  expression(power = 0): Expression {
    const { stream } = this;
    if (this.depth >= MAX_DEPTH) {
      const span = stream.missing();
      if (!stream.atEnd) stream.advance();
      return { kind: 'Missing', ...span };
    }
    this.depth++;
    let left = this.operand();
    for (;;) {
      const { kind, text: operator } = stream.token;
      const powers = kind === 'symbol' || kind === 'keyword' ? BINARY.get(operator) : undefined;
      if (powers === undefined || powers[0] <= power) break;
      stream.advance();
      const right = this.expression(powers[1]);
      left = { kind: 'Binary', operator, left, right, start: left.start, end: right.end };
    }
    this.depth--;
    return left;
  }

  /** A variable or call: what a statement that is no keyword starts with. */
  suffixed(): Expression {
    const { stream } = this;
    let expression = this.primary();
    for (;;) {
      const { start } = expression;
      if (stream.is('.')) expression = this.member(expression);
      else if (stream.is('[')) {
        stream.advance();
        const key = this.expression();
        stream.expect(']');
        expression = { kind: 'Index', object: expression, key, start, end: stream.lastEnd };
      } else if (stream.is(':')) expression = this.methodCall(expression);
      else if (this.startsArguments()) {
        expression = {
          kind: 'Call',
          callee: expression,
          ...this.args(),
          start,
          end: stream.lastEnd,
        };
      } else return expression;
    }
  }

  /** From the parameters on; `function` and the name are read. */
  functionBody(start: number): FunctionExpression {
    const { stream } = this;
    const parameters: LocalName[] = [];
    let isVararg = false;
    if (stream.expect('(')) {
      let more = !stream.is(')');
      while (more) {
        if (stream.accept('...')) isVararg = true;
        else {
          const name = stream.acceptName();
          if (name === undefined) {
            stream.missing();
            break;
          }
          parameters.push({ kind: 'LocalName', name: name.text, start: name.start, end: name.end });
        }
        more = !isVararg && stream.accept(',');
      }
      stream.expect(')');
    }
    const body = this.parseBody(start);
    return { kind: 'FunctionExpression', parameters, isVararg, body, start, end: stream.lastEnd };
  }

  private member(object: Expression): MemberExpression {
    const { stream } = this;
    stream.advance();
    // On the next line begins something else: `t.` is being typed.
    const name = stream.token.startsLine ? undefined : stream.acceptName();
    const nameSpan = name === undefined ? stream.missing() : { start: name.start, end: name.end };
    return {
      kind: 'Member',
      object,
      name: name?.text ?? '',
      nameSpan,
      start: object.start,
      end: nameSpan.end,
    };
  }

  private methodCall(object: Expression): MethodCallExpression {
    const { stream } = this;
    stream.advance();
    const name = stream.token.startsLine ? undefined : stream.acceptName();
    const nameSpan = name === undefined ? stream.missing() : { start: name.start, end: name.end };
    const call = this.startsArguments() ? this.args() : { args: [], argsSpan: stream.missing() };
    return {
      kind: 'MethodCall',
      object,
      name: name?.text ?? '',
      nameSpan,
      ...call,
      start: object.start,
      end: stream.lastEnd,
    };
  }

  private startsArguments(): boolean {
    const { stream } = this;
    return stream.is('(') || stream.is('{') || stream.token.kind === 'string';
  }

  private args(): Pick<CallExpression, 'args' | 'argsSpan'> {
    const { stream } = this;
    const { start, kind } = stream.token;
    const span = (): { start: number; end: number } => ({ start, end: stream.lastEnd });
    if (kind === 'string') {
      const value = this.operandWithoutSuffix();
      return { args: [value], argsSpan: span() };
    }
    if (stream.is('{')) {
      const table = this.table();
      return { args: [table], argsSpan: span() };
    }
    stream.advance();
    const args = stream.is(')') ? [] : this.list();
    stream.expect(')');
    return { args, argsSpan: span() };
  }

  private operand(): Expression {
    const { stream } = this;
    const { kind, text, start } = stream.token;
    if ((kind === 'symbol' || kind === 'keyword') && UNARY.has(text)) {
      stream.advance();
      const operand = this.expression(UNARY_POWER);
      const operator = text as UnaryExpression['operator'];
      return { kind: 'Unary', operator, operand, start, end: operand.end };
    }
    if (kind === 'name' || stream.is('(')) return this.suffixed();
    return this.operandWithoutSuffix();
  }

  private operandWithoutSuffix(): Expression {
    const { stream } = this;
    const { kind, text, start, end, contentStart, contentEnd } = stream.token;
    const span = { start, end };
    if (kind === 'string') {
      stream.advance();
      const content = { start: contentStart, end: contentEnd };
      return { kind: 'String', value: text, content, ...span };
    }
    if (kind === 'number') {
      stream.advance();
      return { kind: 'Number', ...numberOf(text), ...span };
    }
    if (stream.is('{')) return this.table();
    if (stream.accept('nil')) return { kind: 'Nil', ...span };
    if (stream.accept('true')) return { kind: 'Boolean', value: true, ...span };
    if (stream.accept('false')) return { kind: 'Boolean', value: false, ...span };
    if (stream.accept('...')) return { kind: 'Vararg', ...span };
    if (stream.accept('function')) return this.functionBody(start);
    return { kind: 'Missing', ...stream.missing() };
  }

  private primary(): Expression {
    const { stream } = this;
    const { start, end } = stream.token;
    const name = stream.acceptName();
    if (name !== undefined) {
      const expression: NameExpression = { kind: 'Name', name: name.text, start, end };
      return expression;
    }
    if (!stream.accept('(')) return { kind: 'Missing', ...stream.missing() };
    const inner = this.expression();
    stream.expect(')');
    return { kind: 'Parenthesized', inner, start, end: stream.lastEnd };
  }

  private table(): TableExpression {
    const { stream } = this;
    const { start } = stream.token;
    stream.advance();
    const fields: TableField[] = [];
    while (!stream.is('}') && !stream.atEnd) {
      const field = this.field();
      // Nothing that could be a field: the table was not closed.
      if (field === undefined) break;
      fields.push(field);
      if (!stream.accept(',') && !stream.accept(';') && !stream.is('}')) {
        // A forgotten comma is forgiven when the next line goes on with fields.
        if (!this.startsField()) break;
        stream.missing();
      }
    }
    stream.expect('}');
    return { kind: 'Table', fields, start, end: stream.lastEnd };
  }

  private startsField(): boolean {
    const { stream } = this;
    const { kind } = stream.token;
    if (kind === 'name') return stream.following.text === '=' && stream.following.kind === 'symbol';
    return stream.is('[') || stream.is('{') || kind === 'string' || kind === 'number';
  }

  private field(): TableField | undefined {
    const { stream } = this;
    const { start, end, text, kind } = stream.token;
    const { following } = stream;
    if (kind === 'name' && following.kind === 'symbol' && following.text === '=') {
      stream.advance();
      stream.advance();
      const value = this.expression();
      const nameSpan = { start, end };
      return { kind: 'NamedField', name: text, nameSpan, value, start, end: stream.lastEnd };
    }
    if (stream.accept('[')) {
      const key = this.expression();
      stream.expect(']');
      stream.expect('=');
      const value = this.expression();
      return { kind: 'KeyedField', key, value, start, end: stream.lastEnd };
    }
    const value = this.expression();
    if (value.kind === 'Missing') return undefined;
    return { kind: 'PositionalField', value, start, end: value.end };
  }
}

/** Lua 5.4 `l_str2int` and `l_str2d`: a numeral without point and exponent is an integer when it fits. */
function numberOf(text: string): { value: number; isInteger: boolean } {
  const isHex = /^0[xX]/.test(text);
  if (isHex && !/[.pP]/.test(text)) return { value: Number(text), isInteger: true };
  if (isHex) return { value: hexFloat(text), isInteger: false };
  const looksInteger = /^[0-9]+$/.test(text);
  // Beyond 64 bits a decimal integer reads as a float.
  return { value: Number(text), isInteger: looksInteger && BigInt(text) < 2n ** 63n };
}

function hexFloat(text: string): number {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^0[xX]([0-9A-Fa-f]*)(?:\.([0-9A-Fa-f]*))?(?:[pP]([+-]?[0-9]+))?$/.exec(text) ?? [];
  const digits = Number.parseInt(`0${whole}${fraction}`, 16);
  return digits * 2 ** (Number(exponent) - 4 * fraction.length);
}
