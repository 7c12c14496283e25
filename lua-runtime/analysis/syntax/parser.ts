/**
 * Statements (Lua 5.4 manual §3.3) and the whole chunk, also from broken text. Where a block is not
 * closed the text is read a second time, with the indentation saying where blocks end: what comes
 * after a forgotten `end` is then still at the level where its author sees it.
 *
 * Written here because the kept libraries do not serve while somebody types: luaparse has no recovery,
 * and web-tree-sitter with its Lua grammar takes five times as long for 2,000 lines (70 ms to parse,
 * 100 ms to walk) and reads `local x =` before a `local` as a use of a variable named local.
 */
import { ExpressionParser } from './expression-parser.ts';
import type {
  Block,
  Chunk,
  Expression,
  IfClause,
  LocalName,
  Span,
  Statement,
} from './syntax-tree.ts';
import { TokenStream } from './token-stream.ts';

/** Reads a text; never throws. */
export function parseLua(text: string): Chunk {
  const strict = new Parser(text, false);
  const chunk = strict.chunk();
  return strict.endIsMissing ? new Parser(text, true).chunk() : chunk;
}

const BLOCK_ENDS = new Set(['end', 'else', 'elseif', 'until']);
/** Keywords that start a statement: an expression never goes on with them. */
const STATEMENT_STARTS = new Set([
  ...['if', 'while', 'do', 'for', 'repeat', 'function', 'local', 'return', 'break', 'goto'],
]);

class Parser {
  private readonly stream: TokenStream;
  private readonly expressions: ExpressionParser;
  private readonly byIndentation: boolean;

  constructor(text: string, byIndentation: boolean) {
    this.stream = new TokenStream(text);
    this.byIndentation = byIndentation;
    this.expressions = new ExpressionParser(this.stream, (start) => this.body(start));
  }

  get endIsMissing(): boolean {
    return this.stream.endIsMissing;
  }

  chunk(): Chunk {
    const { stream } = this;
    const statements: Statement[] = [];
    for (;;) {
      statements.push(...this.block(undefined).statements);
      if (stream.atEnd) break;
      // An `end` too many: noted, and the text goes on.
      this.skip();
    }
    const span = { start: 0, end: stream.text.length };
    const body: Block = { kind: 'Block', statements, ...span };
    return { kind: 'Chunk', body, comments: stream.comments, errors: stream.errors, ...span };
  }

  /** Statements up to a keyword that ends a block. `opener` is the offset of what opened it. */
  private block(opener: number | undefined): Block {
    const { stream } = this;
    const { start } = stream.token;
    const statements: Statement[] = [];
    while (
      !stream.atEnd &&
      !(stream.token.kind === 'keyword' && BLOCK_ENDS.has(stream.token.text))
    ) {
      if (this.isOutside(opener)) break;
      if (stream.accept(';')) continue;
      // Only the end of its block may follow a return.
      if (statements.at(-1)?.kind === 'Return') stream.missing();
      const statement = this.statement();
      if (statement !== undefined) statements.push(statement);
    }
    return { kind: 'Block', statements, start, end: Math.max(start, stream.lastEnd) };
  }

  private isOutside(opener: number | undefined): boolean {
    const { stream, byIndentation } = this;
    if (!byIndentation || opener === undefined || !stream.token.startsLine) return false;
    return stream.indentationAt(stream.token.start) <= stream.indentationAt(opener);
  }

  /** A block and its `end`. */
  private body(opener: number): Block {
    const block = this.block(opener);
    this.close('end', opener);
    return block;
  }

  private close(keyword: 'end' | 'until', opener: number): boolean {
    const { stream } = this;
    if (stream.atEnd) stream.endIsMissing = true;
    // By indentation an `end` further out belongs to another block.
    const foreign =
      this.byIndentation &&
      stream.token.startsLine &&
      stream.indentationAt(stream.token.start) < stream.indentationAt(opener);
    if (foreign) {
      stream.missing();
      return false;
    }
    return stream.expect(keyword);
  }

  private statement(): Statement | undefined {
    const { stream } = this;
    const { kind, text, start } = stream.token;
    if (kind === 'symbol' && text === '::') return this.label(start);
    if (kind !== 'keyword') return this.expressionStatement(start);
    switch (text) {
      case 'local':
        return this.local(start);
      case 'function':
        return this.functionStatement(start);
      case 'if':
        return this.ifStatement(start);
      case 'for':
        return this.forStatement(start);
      case 'while': {
        stream.advance();
        const condition = this.expressions.expression();
        stream.expect('do');
        const body = this.body(start);
        return { kind: 'While', condition, body, ...this.from(start) };
      }
      case 'do': {
        stream.advance();
        const body = this.body(start);
        return { kind: 'Do', body, ...this.from(start) };
      }
      case 'repeat': {
        stream.advance();
        const body = this.block(start);
        const closed = this.close('until', start);
        const condition: Expression = closed
          ? this.expressions.expression()
          : { kind: 'Missing', start: stream.lastEnd, end: stream.lastEnd };
        return { kind: 'Repeat', body, condition, ...this.from(start) };
      }
      case 'return': {
        stream.advance();
        const values = this.endsReturn() ? [] : this.expressions.list();
        stream.accept(';');
        return { kind: 'Return', values, ...this.from(start) };
      }
      case 'break':
        stream.advance();
        return { kind: 'Break', ...this.from(start) };
      case 'goto': {
        stream.advance();
        const label = stream.acceptName()?.text ?? '';
        if (label === '') stream.missing();
        return { kind: 'Goto', label, ...this.from(start) };
      }
      default:
        return this.expressionStatement(start);
    }
  }

  private label(start: number): Statement {
    const { stream } = this;
    stream.advance();
    const label = stream.acceptName()?.text ?? '';
    stream.expect('::');
    return { kind: 'Label', label, ...this.from(start) };
  }

  private local(start: number): Statement {
    const { stream } = this;
    stream.advance();
    if (stream.accept('function')) {
      const name = this.localName() ?? this.namelessLocal();
      const fn = this.expressions.functionBody(start);
      return { kind: 'LocalFunction', name, fn, ...this.from(start) };
    }
    const names: LocalName[] = [];
    do {
      const name = this.localName();
      if (name === undefined) {
        stream.missing();
        break;
      }
      names.push(name);
    } while (stream.accept(','));
    const values = stream.accept('=') ? this.expressions.list() : [];
    return { kind: 'Local', names, values, ...this.from(start) };
  }

  private localName(): LocalName | undefined {
    const { stream } = this;
    const name = stream.token.startsLine ? undefined : stream.acceptName();
    if (name === undefined) return undefined;
    const span = { start: name.start, end: name.end };
    if (!stream.accept('<')) return { kind: 'LocalName', name: name.text, ...span };
    const attribute = stream.acceptName()?.text;
    stream.expect('>');
    if (attribute !== 'const' && attribute !== 'close') {
      stream.missing();
      return { kind: 'LocalName', name: name.text, ...span };
    }
    return { kind: 'LocalName', name: name.text, attribute, ...span };
  }

  private namelessLocal(): LocalName {
    return { kind: 'LocalName', name: '', ...this.stream.missing() };
  }

  private functionStatement(start: number): Statement {
    const { stream } = this;
    stream.advance();
    const first = stream.token;
    const name = stream.acceptName();
    let target: Expression =
      name === undefined
        ? { kind: 'Missing', ...stream.missing() }
        : { kind: 'Name', name: name.text, start: first.start, end: first.end };
    let isMethod = false;
    while (!isMethod && (stream.is('.') || stream.is(':'))) {
      isMethod = stream.advance().text === ':';
      const member = stream.acceptName();
      const nameSpan =
        member === undefined ? stream.missing() : { start: member.start, end: member.end };
      target = {
        kind: 'Member',
        object: target,
        name: member?.text ?? '',
        nameSpan,
        start: target.start,
        end: nameSpan.end,
      };
    }
    const fn = this.expressions.functionBody(start);
    if (target.kind !== 'Name' && target.kind !== 'Member') {
      return { kind: 'Error', expressions: [fn], ...this.from(start) };
    }
    return { kind: 'Function', target, isMethod, fn, ...this.from(start) };
  }

  private ifStatement(start: number): Statement {
    const { stream } = this;
    const clauses: IfClause[] = [];
    let otherwise: Block | undefined;
    let clauseStart = start;
    do {
      stream.advance();
      const condition = this.expressions.expression();
      stream.expect('then');
      const body = this.block(start);
      clauses.push({ kind: 'IfClause', condition, body, ...this.from(clauseStart) });
      clauseStart = stream.token.start;
    } while (stream.is('elseif'));
    if (stream.accept('else')) otherwise = this.block(start);
    this.close('end', start);
    const span = this.from(start);
    return otherwise === undefined
      ? { kind: 'If', clauses, ...span }
      : { kind: 'If', clauses, otherwise, ...span };
  }

  private forStatement(start: number): Statement {
    const { stream, expressions } = this;
    stream.advance();
    const first = this.localName() ?? this.namelessLocal();
    if (stream.accept('=')) {
      const from = expressions.expression();
      stream.expect(',');
      const to = expressions.expression();
      const step = stream.accept(',') ? { step: expressions.expression() } : {};
      stream.expect('do');
      const body = this.body(start);
      return { kind: 'NumericFor', variable: first, from, to, ...step, body, ...this.from(start) };
    }
    const variables = [first];
    while (stream.accept(',')) variables.push(this.localName() ?? this.namelessLocal());
    const iterators = stream.expect('in') ? expressions.list() : [];
    stream.expect('do');
    const body = this.body(start);
    return { kind: 'GenericFor', variables, iterators, body, ...this.from(start) };
  }

  private expressionStatement(start: number): Statement | undefined {
    const { stream, expressions } = this;
    const first = expressions.suffixed();
    if (first.kind === 'Missing') {
      this.skip();
      return undefined;
    }
    if (stream.is('=') || stream.is(',')) {
      const targets: Expression[] = [first];
      while (stream.accept(',')) targets.push(expressions.suffixed());
      const values = stream.expect('=') ? expressions.list() : [];
      return { kind: 'Assignment', targets, values, ...this.from(start) };
    }
    if (first.kind === 'Call' || first.kind === 'MethodCall') {
      return { kind: 'CallStatement', call: first, ...this.from(start) };
    }
    const { end } = first;
    stream.errors.push({ start, end });
    return { kind: 'Error', expressions: [first], start, end };
  }

  private endsReturn(): boolean {
    const { stream } = this;
    const { kind, text } = stream.token;
    if (stream.atEnd || stream.is(';')) return true;
    return (
      kind === 'keyword' &&
      (BLOCK_ENDS.has(text) || STATEMENT_STARTS.has(text)) &&
      text !== 'function'
    );
  }

  /** Passes over a token that nothing can be made of. */
  private skip(): void {
    const { start, end } = this.stream.token;
    this.stream.errors.push({ start, end });
    this.stream.advance();
  }

  private from(start: number): Span {
    return { start, end: Math.max(start, this.stream.lastEnd) };
  }
}
