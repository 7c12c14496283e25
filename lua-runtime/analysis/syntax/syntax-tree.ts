/**
 * The syntax tree of a Lua 5.4 chunk (Lua 5.4 manual §9), as every analysis reads it. Made also from
 * broken text: what could not be read is an `ErrorStatement` or a `MissingExpression`, and the rest of
 * the file is there. Whether a text compiles is for the VM to say, never for this tree.
 *
 * Offsets are UTF-16 code units from the start of the text, `end` exclusive, as editors count.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Chunk extends Span {
  readonly kind: 'Chunk';
  readonly body: Block;
  readonly comments: readonly Comment[];
  /** Where the text could not be read. */
  readonly errors: readonly Span[];
}

export interface Comment extends Span {
  /** Without the dashes and brackets. */
  readonly text: string;
}

export interface Block extends Span {
  readonly kind: 'Block';
  readonly statements: readonly Statement[];
}

export type Statement =
  | LocalStatement
  | LocalFunctionStatement
  | FunctionStatement
  | AssignmentStatement
  | CallStatement
  | DoStatement
  | WhileStatement
  | RepeatStatement
  | IfStatement
  | NumericForStatement
  | GenericForStatement
  | ReturnStatement
  | BreakStatement
  | GotoStatement
  | LabelStatement
  | ErrorStatement;

export interface LocalStatement extends Span {
  readonly kind: 'Local';
  readonly names: readonly LocalName[];
  readonly values: readonly Expression[];
}

/** A declared name: a local, a parameter, a loop variable. */
export interface LocalName extends Span {
  readonly kind: 'LocalName';
  readonly name: string;
  readonly attribute?: 'const' | 'close';
}

export interface LocalFunctionStatement extends Span {
  readonly kind: 'LocalFunction';
  readonly name: LocalName;
  readonly fn: FunctionExpression;
}

/** `function a.b.c:m() end`: `target` is the variable or index that is assigned. */
export interface FunctionStatement extends Span {
  readonly kind: 'Function';
  readonly target: NameExpression | MemberExpression;
  /** `function t:m()`: the function has a parameter `self` that is not written. */
  readonly isMethod: boolean;
  readonly fn: FunctionExpression;
}

export interface AssignmentStatement extends Span {
  readonly kind: 'Assignment';
  readonly targets: readonly Expression[];
  readonly values: readonly Expression[];
}

export interface CallStatement extends Span {
  readonly kind: 'CallStatement';
  readonly call: CallExpression | MethodCallExpression;
}

export interface DoStatement extends Span {
  readonly kind: 'Do';
  readonly body: Block;
}

export interface WhileStatement extends Span {
  readonly kind: 'While';
  readonly condition: Expression;
  readonly body: Block;
}

export interface RepeatStatement extends Span {
  readonly kind: 'Repeat';
  readonly body: Block;
  readonly condition: Expression;
}

export interface IfStatement extends Span {
  readonly kind: 'If';
  readonly clauses: readonly IfClause[];
  readonly otherwise?: Block;
}

export interface IfClause extends Span {
  readonly kind: 'IfClause';
  readonly condition: Expression;
  readonly body: Block;
}

export interface NumericForStatement extends Span {
  readonly kind: 'NumericFor';
  readonly variable: LocalName;
  readonly from: Expression;
  readonly to: Expression;
  readonly step?: Expression;
  readonly body: Block;
}

export interface GenericForStatement extends Span {
  readonly kind: 'GenericFor';
  readonly variables: readonly LocalName[];
  readonly iterators: readonly Expression[];
  readonly body: Block;
}

export interface ReturnStatement extends Span {
  readonly kind: 'Return';
  readonly values: readonly Expression[];
}

export interface BreakStatement extends Span {
  readonly kind: 'Break';
}

export interface GotoStatement extends Span {
  readonly kind: 'Goto';
  readonly label: string;
}

export interface LabelStatement extends Span {
  readonly kind: 'Label';
  readonly label: string;
}

/** Text that is no statement; what was understood of it is inside. */
export interface ErrorStatement extends Span {
  readonly kind: 'Error';
  readonly expressions: readonly Expression[];
}

export type Expression =
  | NilExpression
  | BooleanExpression
  | NumberExpression
  | StringExpression
  | VarargExpression
  | FunctionExpression
  | NameExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | MethodCallExpression
  | TableExpression
  | BinaryExpression
  | UnaryExpression
  | ParenthesizedExpression
  | MissingExpression;

export interface NilExpression extends Span {
  readonly kind: 'Nil';
}

export interface BooleanExpression extends Span {
  readonly kind: 'Boolean';
  readonly value: boolean;
}

export interface NumberExpression extends Span {
  readonly kind: 'Number';
  readonly value: number;
  /** As Lua 5.4 types it: `10` is an integer, `10.0` and `1e2` are floats. */
  readonly isInteger: boolean;
}

export interface StringExpression extends Span {
  readonly kind: 'String';
  /** Escapes resolved; bytes that are not UTF-8 as U+FFFD. */
  readonly value: string;
  /** The text between the quotes or brackets. */
  readonly content: Span;
}

export interface VarargExpression extends Span {
  readonly kind: 'Vararg';
}

export interface FunctionExpression extends Span {
  readonly kind: 'FunctionExpression';
  readonly parameters: readonly LocalName[];
  readonly isVararg: boolean;
  readonly body: Block;
}

export interface NameExpression extends Span {
  readonly kind: 'Name';
  readonly name: string;
}

/** `object.name` */
export interface MemberExpression extends Span {
  readonly kind: 'Member';
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}

/** `object[key]` */
export interface IndexExpression extends Span {
  readonly kind: 'Index';
  readonly object: Expression;
  readonly key: Expression;
}

export interface CallExpression extends Span {
  readonly kind: 'Call';
  readonly callee: Expression;
  readonly args: readonly Expression[];
  /** From the opening parenthesis to the closing one, or the string or table that stands for both. */
  readonly argsSpan: Span;
}

/** `object:name(…)` */
export interface MethodCallExpression extends Span {
  readonly kind: 'MethodCall';
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expression[];
  readonly argsSpan: Span;
}

export interface TableExpression extends Span {
  readonly kind: 'Table';
  readonly fields: readonly TableField[];
}

export type TableField =
  | (Span & {
      readonly kind: 'NamedField';
      readonly name: string;
      readonly nameSpan: Span;
      readonly value: Expression;
    })
  | (Span & { readonly kind: 'KeyedField'; readonly key: Expression; readonly value: Expression })
  | (Span & { readonly kind: 'PositionalField'; readonly value: Expression });

export interface BinaryExpression extends Span {
  readonly kind: 'Binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression extends Span {
  readonly kind: 'Unary';
  readonly operator: '-' | 'not' | '#' | '~';
  readonly operand: Expression;
}

export interface ParenthesizedExpression extends Span {
  readonly kind: 'Parenthesized';
  readonly inner: Expression;
}

/** An expression had to be here: `t.`, `x =`. */
export interface MissingExpression extends Span {
  readonly kind: 'Missing';
}
