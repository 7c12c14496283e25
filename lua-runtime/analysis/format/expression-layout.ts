/** Expressions over several lines, where one has no room for them. */
import type {
  BinaryExpression,
  Block,
  CallExpression,
  Expression,
  FunctionExpression,
  MethodCallExpression,
  Span,
  TableExpression,
  TableField,
} from '../syntax/syntax-tree.ts';
import { chainOf, hangingFrom, type ChainLink } from './call-chain.ts';
import { areParenthesesNeeded, FlatText, isBare, withOperator } from './flat-text.ts';
import { layLines } from './lines.ts';
import { operandsOf } from './operators.ts';
import type { SourceTokens } from './source-tokens.ts';
import { columnBehind, fits, fitsAround, INDENT, isOneLine, spaces, type Place } from './style.ts';

/** How a block is laid out: its opening comment and its lines, with indentation. */
export type LayBlock = (block: Block, region: Span, indent: number) => string;

export class ExpressionLayout {
  readonly flat: FlatText;
  readonly #tokens: SourceTokens;
  readonly #layBlock: LayBlock;
  readonly #bodies = new Map<FunctionExpression, Map<number, string>>();

  constructor(tokens: SourceTokens, layBlock: LayBlock) {
    this.flat = new FlatText(tokens);
    this.#tokens = tokens;
    this.#layBlock = layBlock;
  }

  /** The text of an expression; its lines but the first begin with their indentation. */
  text(expression: Expression, place: Place): string {
    const flat = this.flat.of(expression);
    if (flat !== undefined && fits(flat, place)) return flat;
    switch (expression.kind) {
      case 'FunctionExpression':
        return this.functionText(expression, 'function', place);
      case 'Table':
        return this.#table(expression, place);
      case 'Member':
      case 'Index':
      case 'Call':
      case 'MethodCall':
        return this.#chain(expression, place);
      case 'Binary':
        return this.#binary(expression, place);
      case 'Unary': {
        const { operator, operand } = expression;
        const width = withOperator(operator, 'x').length - 1;
        const text = this.text(operand, { ...place, column: place.column + width });
        return withOperator(operator, text);
      }
      case 'Parenthesized':
        return this.#parenthesized(expression.inner, place);
      default:
        return flat ?? this.#tokens.source(expression);
    }
  }

  /** `NAME = VALUE` and the like, from behind the equals sign. */
  assigned(values: readonly Expression[], place: Place): string {
    const [only] = values;
    if (only === undefined) return '';
    const inner = place.indent + INDENT;
    const hung = { indent: inner, column: inner, after: place.after };
    const behind = { ...place, column: place.column + 1 };
    if (values.length === 1) {
      const own = this.flat.of(only);
      if (own !== undefined && fits(own, behind)) return ` ${own}`;
      const isBroken = own === undefined;
      const breaksItself = only.kind === 'Binary' || isBroken;
      const inPlace = this.text(only, behind);
      if (isBroken && isCall(only) && !isOneLine(inPlace)) {
        const below = this.text(only, hung);
        const isShorter = below.split('\n').length < inPlace.split('\n').length;
        if (isShorter && fitsAround(below, hung)) return `\n${spaces(inner)}${below}`;
      }
      if (breaksItself && fitsAround(inPlace, behind)) return ` ${inPlace}`;
      if (own !== undefined && fits(own, hung)) return `\n${spaces(inner)}${own}`;
      if (!isOneLine(inPlace) && fitsAround(inPlace, behind)) return ` ${inPlace}`;
      const below = this.text(only, hung);
      return isOneLine(below) || fitsAround(below, hung)
        ? `\n${spaces(inner)}${below}`
        : ` ${inPlace}`;
    }
    const all = this.flat.list(values);
    if (all !== undefined && fits(all, behind)) return ` ${all}`;
    if (all !== undefined && fits(all, hung)) return `\n${spaces(inner)}${all}`;
    const texts = values.map((value) => this.text(value, { ...hung, after: 1 }));
    const oneLine = texts.join(', ');
    if (isBrokenAtEnd(texts) && fitsAround(oneLine, hung)) {
      const own = this.#listInPlace(values, behind);
      if (fitsAround(own, behind)) return ` ${own}`;
    }
    return `\n${spaces(inner)}${texts.join(`,\n${spaces(inner)}`)}`;
  }

  #listInPlace(values: readonly Expression[], place: Place): string {
    let text = '';
    for (const [i, value] of values.entries()) {
      const isLast = i === values.length - 1;
      const column = columnBehind(text, place.column);
      const each = this.text(value, { ...place, column, after: isLast ? place.after : 1 });
      text += isLast ? each : `${each}, `;
    }
    return text;
  }

  /** `return VALUES` from behind the keyword. */
  returned(values: readonly Expression[], place: Place): string {
    if (values.length === 0) return '';
    const behind = { ...place, column: place.column + 1 };
    const all = this.flat.list(values);
    if (all !== undefined && fits(all, behind)) return ` ${all}`;
    const inner = place.indent + INDENT;
    const last = values.at(-1) as Expression;
    const isForced = this.flat.of(last) === undefined && isHuggable(last);
    if (values.length === 1 || isForced) {
      const own = this.#listInPlace(values, behind);
      if (values.length === 1 || fitsAround(own, behind)) return ` ${own}`;
    }
    const texts = values.map((value, i) => {
      const after = i === values.length - 1 ? place.after : 1;
      return this.text(value, { indent: inner, column: i === 0 ? behind.column : inner, after });
    });
    return ` ${texts.join(`,\n${spaces(inner)}`)}`;
  }

  /** @param keyword what stands before the parameters: `function`, `local function name` */
  functionText(fn: FunctionExpression, keyword: string, place: Place): string {
    const { indent } = place;
    const closing = this.#tokens.find(fn.parameters.at(-1)?.end ?? fn.start, ')');
    const flatHead = this.flat.head(fn);
    const isRoom = fits(keyword + flatHead, { column: place.column, after: 0 });
    const names = [...fn.parameters.map(({ name }) => name), ...(fn.isVararg ? ['...'] : [])];
    const inner = spaces(indent + INDENT);
    const head =
      isRoom || names.length === 0
        ? flatHead
        : `(\n${names.map((name) => inner + name).join(',\n')}\n${spaces(indent)})`;
    return `${keyword}${head}${this.#body(fn, closing.end, indent)}`;
  }

  /** The body is the same whatever is tried around it. */
  #body(fn: FunctionExpression, start: number, indent: number): string {
    const known = this.#bodies.get(fn) ?? new Map<number, string>();
    this.#bodies.set(fn, known);
    let body = known.get(indent);
    if (body === undefined) {
      const laid = this.#layBlock(fn.body, { start, end: fn.end - 3 }, indent + INDENT);
      body = laid === '' ? ' end' : `${laid}\n${spaces(indent)}end`;
      known.set(indent, body);
    }
    return body;
  }

  #table(table: TableExpression, { indent }: Place): string {
    const inner = indent + INDENT;
    const items = table.fields.map((field) => ({
      start: field.start,
      end: field.end,
      text: () => `${this.#field(field, inner)},`,
    }));
    const region = { start: table.start + 1, end: table.end - 1 };
    const { opening, lines } = layLines(this.#tokens, region, items, inner);
    return ['{' + opening, ...lines, `${spaces(indent)}}`].join('\n');
  }

  #field(field: TableField, indent: number): string {
    if (field.kind === 'PositionalField') {
      return this.text(field.value, { indent, column: indent, after: 1 });
    }
    const name = (this.flat.fieldName(field) ?? '').trimEnd();
    if (field.value.kind === 'String') return `${name} ${this.flat.of(field.value) ?? ''}`;
    const place = { indent, column: indent + name.length, after: 1 };
    if (field.value.kind === 'Table') {
      return `${name} ${this.text(field.value, { ...place, column: place.column + 1 })}`;
    }
    return name + (this.#broken(field.value, place) ?? this.assigned([field.value], place));
  }

  /** `a or f(` with the arguments on lines of their own. */
  #broken(value: Expression, place: Place): string | undefined {
    if (value.kind !== 'Binary' || this.flat.of(value) === undefined) return undefined;
    const operands = operandsOf(value);
    const last = operands.at(-1)?.operand;
    if (last?.kind !== 'Call' && last?.kind !== 'MethodCall') return undefined;
    const before = operands.slice(0, -1).map(({ operator, operand }) => {
      const text = this.flat.of(operand) ?? '';
      return operator === undefined ? text : `${operator} ${text}`;
    });
    const start = ` ${before.join(' ')} ${operands.at(-1)?.operator ?? ''} `;
    const flat = this.flat.of(value) ?? '';
    if (fits(` ${flat}`, place)) return undefined;
    const text = start + this.text(last, { ...place, column: place.column + start.length });
    return !isOneLine(text) && fitsAround(text, place) ? text : undefined;
  }

  #parenthesized(inner: Expression, place: Place): string {
    if (!areParenthesesNeeded(inner)) return this.text(inner, place);
    const text = this.text(inner, { ...place, column: place.column + 1, after: place.after + 1 });
    if (inner.kind !== 'Binary' || isOneLine(text)) return `(${text})`;
    const deeper = place.indent + INDENT;
    const own = this.condition(inner, { indent: deeper, column: deeper, after: 0 });
    return `(\n${spaces(deeper)}${own}\n${spaces(place.indent)})`;
  }

  #binary(expression: BinaryExpression, place: Place): string {
    return this.#hung(expression, place, INDENT);
  }

  /** A condition over several lines: its operators begin the lines that its operands are on. */
  condition(expression: Expression, place: Place): string {
    const flat = this.flat.of(expression);
    if (flat !== undefined && fits(flat, place)) return flat;
    return expression.kind === 'Binary'
      ? this.#hung(expression, place, 0)
      : this.text(expression, place);
  }

  /** Each operand on a line of its own, behind its operator. */
  #hung(expression: BinaryExpression, place: Place, deeper: number): string {
    const operands = operandsOf(expression);
    const indent = place.indent + deeper;
    const lines = operands.map(({ operator, operand }, i) => {
      const before = operator === undefined ? '' : `${operator} `;
      const after = i === operands.length - 1 ? place.after : 0;
      const column = i === 0 ? place.column : indent + before.length;
      const own = { indent: i === 0 ? place.indent : indent, column, after };
      const text =
        operand.kind === 'Binary' ? this.condition(operand, own) : this.text(operand, own);
      const comments = this.#commentsBefore(operands[i - 1]?.operand, operand);
      return [...comments, before + text].join(`\n${spaces(indent)}`);
    });
    return lines.join(`\n${spaces(indent)}`);
  }

  #commentsBefore(before: Expression | undefined, operand: Expression): string[] {
    if (before === undefined) return [];
    const between = this.#tokens.commentsIn({ start: before.end, end: operand.start });
    return between.map((comment) => this.#tokens.source(comment).trimEnd());
  }

  #chain(expression: Expression, place: Place): string {
    const { head, links } = chainOf(expression);
    const headText = this.text(head, { ...place, after: 0 });
    const inLine = this.#links(headText, links, place);
    const from = hangingFrom(head, links, (kept) => {
      const text = this.#links(headText, kept, { ...place, after: 0 });
      return isOneLine(text) && fits(text, { ...place, after: 0 });
    });
    if (from === undefined) return inLine;
    const isOnlyLastBroken = this.#isOnlyLastBroken(headText, links, place);
    if (isOnlyLastBroken && fitsAround(inLine, place) && this.flat.of(expression) === undefined) {
      return inLine;
    }
    const inner = place.indent + INDENT;
    const start = this.#links(headText, links.slice(0, from), { ...place, after: 0 }, true);
    const groups = hangingGroups(links.slice(from));
    const hung = { indent: inner, column: inner, after: 0 };
    const texts = groups.map((group, i) => {
      const isLast = i === groups.length - 1;
      return this.#links('', group, { ...hung, after: isLast ? place.after : 0 }, !isLast);
    });
    return [start, ...texts.map((text) => spaces(inner) + text)].join('\n');
  }

  #isOnlyLastBroken(headText: string, links: readonly ChainLink[], place: Place): boolean {
    const last = links.findLastIndex(({ kind }) => kind === 'Call' || kind === 'MethodCall');
    return isOneLine(this.#links(headText, links.slice(0, last), { ...place, after: 0 }));
  }

  /**
   * What hangs on a head, one behind the other.
   *
   * @param isFollowed more hangs on the last of them
   */
  #links(headText: string, links: readonly ChainLink[], place: Place, isFollowed = false): string {
    let text = headText;
    links.forEach((link, i) => {
      const column = columnBehind(text, place.column);
      const isLast = i === links.length - 1;
      const goesOn = !isLast || isFollowed;
      const own = { indent: place.indent, column, after: isLast ? place.after : 0 };
      switch (link.kind) {
        case 'Member':
          text += `.${link.name}`;
          break;
        case 'Index':
          text += `[${this.text(link.key, { ...own, column: column + 1, after: 1 })}]`;
          break;
        case 'MethodCall': {
          const name = `:${link.name}`;
          text += name + this.#args(link, goesOn, { ...own, column: column + name.length });
          break;
        }
        default:
          text += this.#args(link, goesOn, own);
      }
    });
    return text;
  }

  #args(call: CallExpression | MethodCallExpression, isFollowed: boolean, place: Place): string {
    const flat = this.flat.args(call, isFollowed);
    if (flat !== undefined && fits(flat, place)) return flat;
    const [only] = call.args;
    const isCommented = this.#tokens
      .commentsIn(call.argsSpan)
      .some(
        (comment) => !call.args.some((arg) => arg.start <= comment.start && comment.end <= arg.end),
      );
    if (isBare(call) && only !== undefined && !isCommented) {
      const bare = isFollowed ? { before: '(', behind: ')' } : { before: ' ', behind: '' };
      const own = { ...place, column: place.column + 1, after: place.after + bare.behind.length };
      const text = this.text(only, own);
      if (only.kind === 'Table' || !isFollowed) return bare.before + text + bare.behind;
    }
    const hugging = isCommented ? undefined : this.#hugging(call.args, place);
    if (hugging !== undefined) return hugging;
    const inner = place.indent + INDENT;
    const region = { start: call.argsSpan.start + 1, end: call.argsSpan.end - 1 };
    const items = call.args.map((arg, i) => {
      const comma = i === call.args.length - 1 ? '' : ',';
      // As StyLua, which finds room for the comma.
      const own = { indent: inner, column: inner, after: 0 };
      return { start: arg.start, end: arg.end, text: () => this.text(arg, own) + comma };
    });
    const { opening, lines } = layLines(this.#tokens, region, items, inner);
    return [`(${opening}`, ...lines, `${spaces(place.indent)})`].join('\n');
  }

  /** Functions and tables among the arguments may go over several lines, the others may not. */
  #hugging(args: readonly Expression[], place: Place): string | undefined {
    // What its author broke, or what has a body; the others go below each other for want of room.
    const mayBreak = (arg: Expression): boolean =>
      this.flat.of(arg) === undefined && (isHuggable(arg) || (args.length === 1 && isCall(arg)));
    if (!args.some(mayBreak)) return undefined;
    let text = '(';
    let broken = 0;
    for (const [i, arg] of args.entries()) {
      const isLast = i === args.length - 1;
      const column = columnBehind(text, place.column);
      const own = { indent: place.indent, column, after: isLast ? place.after + 1 : 1 };
      const each = this.flat.of(arg) ?? this.text(arg, own);
      if (!isOneLine(each)) {
        if (!mayBreak(arg)) return undefined;
        broken++;
      }
      const isHeadTooLong =
        arg.kind === 'FunctionExpression' &&
        !fits(`function${this.flat.head(arg)}`, { column, after: 0 });
      if (isHeadTooLong || !fitsAround(each, { column, after: own.after })) return undefined;
      text += isLast ? each : `${each}, `;
    }
    return broken > 0 ? `${text})` : undefined;
  }
}

function isHuggable({ kind }: Expression): boolean {
  return kind === 'FunctionExpression' || kind === 'Table';
}

function isCall({ kind }: Expression): boolean {
  return kind === 'Call' || kind === 'MethodCall';
}

function isBrokenAtEnd(texts: readonly string[]): boolean {
  return texts.slice(0, -1).every(isOneLine) && !isOneLine(texts.at(-1) ?? '');
}

/** Each begins with a method call or a member, with what is called of it. */
function hangingGroups(links: readonly ChainLink[]): ChainLink[][] {
  const groups: ChainLink[][] = [];
  for (const link of links) {
    const group = groups.at(-1);
    if (group === undefined || link.kind === 'MethodCall') groups.push([link]);
    else group.push(link);
  }
  return groups;
}
