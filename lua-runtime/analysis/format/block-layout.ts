/** Statements and blocks. */
import type { Block, Expression, IfStatement, Span, Statement } from '../syntax/syntax-tree.ts';
import { ExpressionLayout } from './expression-layout.ts';
import { layLines } from './lines.ts';
import { SourceTokens } from './source-tokens.ts';
import { asOneLine, fits, INDENT, spaces } from './style.ts';

/** What tells StyLua, and us, to leave the next statement alone. */
const IGNORE = /^\s*stylua:\s*ignore\s*$/;

export class BlockLayout {
  readonly #tokens: SourceTokens;
  readonly #expressions: ExpressionLayout;

  constructor(tokens: SourceTokens) {
    this.#tokens = tokens;
    this.#expressions = new ExpressionLayout(tokens, (block, region, indent) =>
      this.block(block, region, indent),
    );
  }

  /** The lines of a block, each behind a line end; behind what opens it there may be a comment. */
  block(block: Block, region: Span, indent: number): string {
    const items = block.statements.map((statement) => ({
      start: statement.start,
      end: statement.end,
      text: () => this.#statement(statement, indent),
    }));
    const { opening, lines } = layLines(this.#tokens, region, items, indent);
    return opening + lines.map((line) => `\n${line}`).join('');
  }

  #statement(statement: Statement, indent: number): string {
    if (this.#isIgnored(statement)) return this.#asItIs(statement);
    const text = this.#text(statement, indent) + this.#separator(statement);
    // A comment at a place that no layout knows: the statement stays as its author wrote it.
    const there = this.#tokens.commentsIn(statement).map((comment) => comment.text.trimEnd());
    const kept = new SourceTokens(text).comments.map((comment) => comment.text.trimEnd());
    const isKept =
      there.length === kept.length && there.every((comment, i) => asOneLine(comment) === kept[i]);
    return isKept ? text : this.#asItIs(statement);
  }

  #asItIs(statement: Statement): string {
    return asOneLine(this.#tokens.source(statement)) + this.#separator(statement);
  }

  #isIgnored({ start }: Statement): boolean {
    const before = this.#tokens.comments.findLast((comment) => comment.end <= start);
    return (
      before !== undefined &&
      IGNORE.test(before.text) &&
      this.#tokens.text.slice(before.end, start).trim() === ''
    );
  }

  /** Before a parenthesis that begins a line, a semicolon means something. */
  #separator({ end }: Statement): string {
    const next = this.#tokens.from(end);
    if (next.text !== ';' || next.kind !== 'symbol') return '';
    const behind = this.#tokens.from(next.end);
    return behind.text === '(' && behind.kind === 'symbol' ? ';' : '';
  }

  #text(statement: Statement, indent: number): string {
    const place = { indent, column: indent, after: 0 };
    const expressions = this.#expressions;
    switch (statement.kind) {
      case 'Local': {
        const names = statement.names.map(({ name, attribute }) =>
          attribute === undefined ? name : `${name} <${attribute}>`,
        );
        const head = `local ${names.join(', ')}`;
        return statement.values.length === 0
          ? head
          : `${head} =${expressions.assigned(statement.values, { ...place, column: indent + head.length + 2 })}`;
      }
      case 'Assignment': {
        const head = statement.targets.map((target) => expressions.text(target, place)).join(', ');
        return `${head} =${expressions.assigned(statement.values, { ...place, column: indent + head.length + 2 })}`;
      }
      case 'LocalFunction':
        return expressions.functionText(
          statement.fn,
          `local function ${statement.name.name}`,
          place,
        );
      case 'Function': {
        const { target, isMethod } = statement;
        const written = expressions.text(target, place);
        const dot = written.lastIndexOf('.');
        const name = isMethod ? `${written.slice(0, dot)}:${written.slice(dot + 1)}` : written;
        return expressions.functionText(statement.fn, `function ${name}`, place);
      }
      case 'CallStatement':
        return expressions.text(statement.call, place);
      case 'Return':
        return `return${expressions.returned(statement.values, { ...place, column: indent + 6 })}`;
      case 'If':
        return this.#if(statement, indent);
      case 'While': {
        const { condition, body, end } = statement;
        const head = this.#headed('while', condition, 'do', indent);
        return this.#closed(head, body, this.#behind(condition, 'do'), end - 3, indent);
      }
      case 'NumericFor': {
        const { variable, from, to, step, body, end } = statement;
        const bounds = [from, to, ...(step === undefined ? [] : [step])];
        const list = bounds.map((each) => expressions.text(each, place)).join(', ');
        const head = `for ${variable.name} = ${list} do`;
        return this.#closed(head, body, this.#behind(step ?? to, 'do'), end - 3, indent);
      }
      case 'GenericFor': {
        const { variables, iterators, body, end } = statement;
        const names = variables.map(({ name }) => name).join(', ');
        const before = `for ${names} in `;
        const own = { indent, column: indent + before.length, after: 3 };
        const list = iterators.map((each) => expressions.text(each, own)).join(', ');
        const last = iterators.at(-1) as Expression;
        return this.#closed(`${before}${list} do`, body, this.#behind(last, 'do'), end - 3, indent);
      }
      case 'Do':
        return this.#closed('do', statement.body, statement.start + 2, statement.end - 3, indent);
      case 'Repeat': {
        const { condition, body, start } = statement;
        const last = body.statements.at(-1)?.end ?? start + 6;
        const until = this.#tokens.find(last, 'until');
        const region = { start: start + 6, end: until.start };
        const laid = this.block(body, region, indent + INDENT);
        const before = `repeat${laid}\n${spaces(indent)}until `;
        const own = { indent, column: indent + 6, after: 0 };
        return before + expressions.text(withoutParentheses(condition), own);
      }
      default:
        return asOneLine(this.#tokens.source(statement));
    }
  }

  #if({ clauses, otherwise, end }: IfStatement, indent: number): string {
    let text = '';
    let next = 0;
    for (const [i, { condition, body }] of clauses.entries()) {
      const then = this.#behind(condition, 'then');
      next = this.#endOf(body, then);
      const head = this.#headed(i === 0 ? 'if' : 'elseif', condition, 'then', indent);
      const laid = this.block(body, { start: then, end: next }, indent + INDENT);
      text += `${head}${laid}\n${spaces(indent)}`;
    }
    if (otherwise === undefined) return `${text}end`;
    const region = { start: next + 4, end: end - 3 };
    return `${text}else${this.block(otherwise, region, indent + INDENT)}\n${spaces(indent)}end`;
  }

  /** `if CONDITION then`, on three or more lines where one has no room. */
  #headed(keyword: string, written: Expression, closing: string, indent: number): string {
    const condition = withoutParentheses(written);
    const flat = this.#expressions.flat.of(condition);
    const behind = { column: indent + keyword.length + 1, after: closing.length + 1 };
    if (flat !== undefined && fits(flat, behind)) return `${keyword} ${flat} ${closing}`;
    // Functions and tables bring their own lines.
    if (flat === undefined && condition.kind !== 'Binary') {
      const text = this.#expressions.text(condition, { indent, ...behind });
      if (fits(text, behind)) return `${keyword} ${text} ${closing}`;
    }
    const inner = indent + INDENT;
    const text = this.#expressions.condition(condition, { indent: inner, column: inner, after: 0 });
    return `${keyword}\n${spaces(inner)}${text}\n${spaces(indent)}${closing}`;
  }

  #closed(head: string, body: Block, start: number, end: number, indent: number): string {
    const laid = this.block(body, { start, end }, indent + INDENT);
    return `${head}${laid}\n${spaces(indent)}end`;
  }

  /** Where the keyword ends that follows an expression. */
  #behind({ end }: Span, keyword: string): number {
    return this.#tokens.find(end, keyword).end;
  }

  /** Where the token begins that ends a block. */
  #endOf({ statements }: Block, start: number): number {
    let token = this.#tokens.from(statements.at(-1)?.end ?? start);
    while (token.kind === 'symbol' && token.text === ';') token = this.#tokens.from(token.end);
    return token.start;
  }
}

/** A condition is one value with and without them. */
function withoutParentheses(condition: Expression): Expression {
  return condition.kind === 'Parenthesized' ? withoutParentheses(condition.inner) : condition;
}
