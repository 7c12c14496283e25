/** Expressions on one line, as they are written wherever there is room for them. */
import type {
  CallExpression,
  Expression,
  FunctionExpression,
  MethodCallExpression,
  TableExpression,
  TableField,
} from '../syntax/syntax-tree.ts';
import { withPreferredQuotes } from './quotes.ts';
import type { SourceTokens } from './source-tokens.ts';
import { asOneLine, hasInnerLines } from './style.ts';

export class FlatText {
  readonly #tokens: SourceTokens;
  readonly #known = new Map<Expression, string | undefined>();

  constructor(tokens: SourceTokens) {
    this.#tokens = tokens;
  }

  /** Undefined where it takes several lines: a function with a body, a table that its author broke, a comment. */
  of(expression: Expression): string | undefined {
    if (this.#known.has(expression)) return this.#known.get(expression);
    const text = this.#text(expression);
    this.#known.set(expression, text);
    return text;
  }

  /** The list with commas; undefined where one of them takes several lines. */
  list(expressions: readonly Expression[]): string | undefined {
    return joined(expressions.map((each) => this.of(each)));
  }

  #text(expression: Expression): string | undefined {
    switch (expression.kind) {
      case 'FunctionExpression':
        return this.#function(expression);
      case 'Table':
        return this.#table(expression);
      case 'String':
        return asOneLine(withPreferredQuotes(this.#tokens.source(expression)));
      case 'Member':
        return append(this.#followed(expression.object), `.${expression.name}`);
      case 'Index': {
        const key = this.of(expression.key);
        return key === undefined
          ? undefined
          : append(this.#followed(expression.object), inBrackets(key));
      }
      case 'Call':
        return append(this.#followed(expression.callee), this.args(expression, false));
      case 'MethodCall': {
        const args = this.args(expression, false);
        const call = args === undefined ? undefined : `:${expression.name}${args}`;
        return append(this.#followed(expression.object), call);
      }
      case 'Binary': {
        const { left, operator, right } = expression;
        const operand = this.of(right);
        return append(this.of(left), operand && ` ${operator} ${operand}`);
      }
      case 'Unary': {
        const operand = this.of(expression.operand);
        return operand === undefined ? undefined : withOperator(expression.operator, operand);
      }
      case 'Parenthesized': {
        const inner = this.of(expression.inner);
        if (inner === undefined) return undefined;
        return areParenthesesNeeded(expression.inner) ? `(${inner})` : inner;
      }
      default:
        return this.#tokens.source(expression);
    }
  }

  /** What something hangs on: a call keeps its parentheses. */
  #followed(expression: Expression): string | undefined {
    switch (expression.kind) {
      case 'Call':
        return append(this.#followed(expression.callee), this.args(expression, true));
      case 'MethodCall': {
        const args = this.args(expression, true);
        const call = args === undefined ? undefined : `:${expression.name}${args}`;
        return append(this.#followed(expression.object), call);
      }
      default:
        return this.of(expression);
    }
  }

  /**
   * The arguments of a call with what is around them.
   *
   * @param isFollowed something hangs on the call, so that it keeps its parentheses
   */
  args(call: CallExpression | MethodCallExpression, isFollowed: boolean): string | undefined {
    if (this.#tokens.hasComment(call.argsSpan)) return undefined;
    const list = this.list(call.args);
    if (list === undefined) return undefined;
    if (isBare(call) && !isFollowed) return ` ${list}`;
    // A string over several lines has a line of its own to begin on.
    return call.args.length > 1 && hasInnerLines(list) ? undefined : `(${list})`;
  }

  /** `function(a, b)` */
  head({ parameters, isVararg }: FunctionExpression): string {
    const names = parameters.map(({ name }) => name);
    return `(${[...names, ...(isVararg ? ['...'] : [])].join(', ')})`;
  }

  #function(fn: FunctionExpression): string | undefined {
    if (fn.body.statements.length > 0 || this.#tokens.hasComment(fn)) return undefined;
    return `function${this.head(fn)} end`;
  }

  #table(table: TableExpression): string | undefined {
    if (this.#tokens.hasComment(table)) return undefined;
    const [first] = table.fields;
    if (first === undefined) return '{}';
    // Its author wants it on several lines.
    if (this.#tokens.linesBetween(table.start, first.start) > 0) return undefined;
    const fields = joined(table.fields.map((field) => this.#field(field)));
    return fields && `{ ${fields} }`;
  }

  #field(field: TableField): string | undefined {
    const value = this.of(field.value);
    if (value === undefined) return undefined;
    return `${this.fieldName(field) ?? ''}${value}`;
  }

  /** `name = `, `[key] = `, or nothing; undefined where the key takes several lines. */
  fieldName(field: TableField): string | undefined {
    if (field.kind === 'NamedField') return `${field.name} = `;
    if (field.kind === 'PositionalField') return '';
    const key = this.of(field.key);
    return key && `${inBrackets(key)} = `;
  }
}

/** `[[[x]]]` would begin a string. */
function inBrackets(key: string): string {
  return key.startsWith('[') ? `[ ${key} ]` : `[${key}]`;
}

export function withOperator(operator: string, operand: string): string {
  // `- -x`: without the space it would be a comment.
  const isApart = operator === 'not' || (operator === '-' && operand.startsWith('-'));
  return isApart ? `${operator} ${operand}` : `${operator}${operand}`;
}

/** A single string or table, which needs no parentheses. */
export function isBare({ args }: CallExpression | MethodCallExpression): boolean {
  const [only] = args;
  return args.length === 1 && (only?.kind === 'String' || only?.kind === 'Table');
}

/** Around a name or a literal they mean nothing; around a call they leave one result. */
export function areParenthesesNeeded(inner: Expression): boolean {
  switch (inner.kind) {
    case 'Call':
    case 'MethodCall':
    case 'Vararg':
    case 'Binary':
    case 'FunctionExpression':
    case 'Table':
    case 'String':
    case 'Unary':
    case 'Number':
    case 'Missing':
      return true;
    default:
      return false;
  }
}

function append(before: string | undefined, text: string | undefined): string | undefined {
  return before === undefined || text === undefined ? undefined : before + text;
}

function joined(texts: readonly (string | undefined)[]): string | undefined {
  return texts.includes(undefined) ? undefined : texts.join(', ');
}
