/**
 * How a block of statements can end: the paths of a function, without running it. A condition counts
 * as undecided unless it is a constant; a call counts as returning unless it is known to raise. So
 * every way that a run can take is among the exits, and some that no run takes may be too.
 */
import type {
  Block,
  Expression,
  FunctionExpression,
  ReturnStatement,
  Span,
  Statement,
} from '../syntax/syntax-tree.ts';

export interface Exits {
  /** The return statements that can be reached, in the order of the text. */
  readonly returns: readonly ReturnStatement[];
  /** Where the end can be reached without a return: the last statement before it, or the block. */
  readonly fallsOff: Span | undefined;
  /** Calls that raise on the way, at which a path ends. */
  readonly raises: readonly Expression[];
  /** Statements that no path reaches. */
  readonly unreachable: readonly Statement[];
}

/** Says of a call that it never returns: `error(…)`, `kumo.reject(…)`. */
export type Raises = (call: Expression) => boolean;

export function exitsOf(fn: FunctionExpression | Block, raises: Raises): Exits {
  const body = fn.kind === 'Block' ? fn : fn.body;
  const finder = new ExitFinder(raises);
  const end = finder.block(body);
  const last = body.statements.at(-1);
  return {
    returns: finder.returns,
    fallsOff: end.goesOn ? (last ?? { start: body.start, end: body.end }) : undefined,
    raises: finder.raised,
    unreachable: finder.unreachable,
  };
}

/** What can come after a statement. */
interface Continuation {
  readonly goesOn: boolean;
  /** A `break` of the loop around can be reached. */
  readonly breaks: boolean;
}

const GOES_ON: Continuation = { goesOn: true, breaks: false };
const ENDS: Continuation = { goesOn: false, breaks: false };

class ExitFinder {
  readonly returns: ReturnStatement[] = [];
  readonly raised: Expression[] = [];
  readonly unreachable: Statement[] = [];
  private readonly raises: Raises;

  constructor(raises: Raises) {
    this.raises = raises;
  }

  block(block: Block): Continuation {
    let goesOn = true;
    let breaks = false;
    // A label can be reached by a goto from anywhere, so what follows one is reached.
    for (const statement of block.statements) {
      if (statement.kind === 'Label') goesOn = true;
      if (!goesOn) {
        this.unreachable.push(statement);
        continue;
      }
      const next = this.statement(statement);
      goesOn = next.goesOn;
      breaks ||= next.breaks;
    }
    return { goesOn, breaks };
  }

  private statement(statement: Statement): Continuation {
    switch (statement.kind) {
      case 'Return':
        this.returns.push(statement);
        return ENDS;
      case 'Break':
        return { goesOn: false, breaks: true };
      case 'Goto':
        return ENDS;
      case 'Do':
        return this.block(statement.body);
      case 'If':
        return this.either(
          statement.clauses.map(({ condition, body }) => ({ condition, body })),
          statement.otherwise,
        );
      case 'While':
        return this.loop(statement.body, constantOf(statement.condition) !== true);
      case 'Repeat': {
        const body = this.block(statement.body);
        const isEndless = constantOf(statement.condition) === false;
        return { goesOn: (body.goesOn && !isEndless) || body.breaks, breaks: false };
      }
      case 'NumericFor':
      case 'GenericFor':
        return this.loop(statement.body, true);
      case 'CallStatement':
        return this.afterCall(statement.call);
      case 'Local':
      case 'Assignment':
        for (const value of statement.values) {
          if (!this.afterCall(value).goesOn) return ENDS;
        }
        return GOES_ON;
      default:
        return GOES_ON;
    }
  }

  private afterCall(call: Expression): Continuation {
    if (!this.raises(call)) return GOES_ON;
    this.raised.push(call);
    return ENDS;
  }

  /** @param mayEnd the loop can be left by its condition. */
  private loop(body: Block, mayEnd: boolean): Continuation {
    const { breaks } = this.block(body);
    return { goesOn: mayEnd || breaks, breaks: false };
  }

  private either(
    clauses: readonly { readonly condition: Expression; readonly body: Block }[],
    otherwise: Block | undefined,
  ): Continuation {
    let goesOn = false;
    let breaks = false;
    const take = (block: Block): void => {
      const next = this.block(block);
      goesOn ||= next.goesOn;
      breaks ||= next.breaks;
    };
    for (const { condition, body } of clauses) {
      const constant = constantOf(condition);
      if (constant === false) this.unreachable.push(...body.statements);
      else take(body);
      // `if true then … else …`: nothing of the rest is reached.
      if (constant === true) return { goesOn, breaks };
    }
    if (otherwise === undefined) return { goesOn: true, breaks };
    take(otherwise);
    return { goesOn, breaks };
  }
}

/** What a condition is, whatever the run: true, false, or undefined for "it depends". */
export function constantOf(expression: Expression): boolean | undefined {
  switch (expression.kind) {
    case 'Boolean':
      return expression.value;
    case 'Nil':
      return false;
    case 'Number':
    case 'String':
    case 'Table':
    case 'FunctionExpression':
      return true;
    case 'Parenthesized':
      return constantOf(expression.inner);
    case 'Unary': {
      const inner = expression.operator === 'not' ? constantOf(expression.operand) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    default:
      return undefined;
  }
}
