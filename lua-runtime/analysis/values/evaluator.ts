/**
 * Follows values through a program: locals, fields, functions and their results, modules, handlers'
 * arguments. Everything is answered from the text alone and remembered; what would go in a circle, or
 * cannot be told, is unknown.
 */
import { exitsOf, type Exits } from '../flow/exits.ts';
import type { Assigned, LocalBinding, Reference } from '../scopes/bindings.ts';
import type {
  CallExpression,
  Expression,
  FunctionExpression,
  MethodCallExpression,
  NameExpression,
} from '../syntax/syntax-tree.ts';
import { knownMember } from './known-members.ts';
import { LibraryCalls } from './library-calls.ts';
import { LUA_GLOBALS } from './library-results.ts';
import { findMemberWrites, type MemberWrites } from './member-writes.ts';
import type { Program } from './program.ts';
import { findRoles, type Roles } from './handler-roles.ts';
import { resultAt, type Results } from './results.ts';
import type { SourceFile } from './source-file.ts';
import { TableFields } from './table-fields.ts';
import { valuesOfType } from './type-values.ts';
import {
  either,
  falsy,
  knownText,
  NIL,
  truthy,
  UNKNOWN,
  type Value,
  type Values,
} from './value.ts';

type Call = CallExpression | MethodCallExpression;

const PENDING = Symbol('pending');

/** An evaluator that knows which functions kumod calls, and with what. */
export type ProgramEvaluator = Evaluator & { readonly roles: Roles };

export function evaluatorOf(program: Program): ProgramEvaluator {
  const roles = findRoles(new Evaluator(program));
  return new Evaluator(program, roles) as ProgramEvaluator;
}

export class Evaluator {
  readonly program: Program;
  readonly writes: MemberWrites;
  /** Which functions kumod calls; undefined while that is being found out. */
  readonly roles: Roles | undefined;
  readonly tables: TableFields;
  readonly #values = new Map<Expression, Values | typeof PENDING>();
  readonly #results = new Map<Call, Results | typeof PENDING>();
  readonly #returned = new Map<FunctionExpression, Results | typeof PENDING>();
  readonly #bindings = new Map<LocalBinding, Values | typeof PENDING>();
  readonly #exits = new Map<FunctionExpression, Exits | typeof PENDING>();
  readonly #libraries = new LibraryCalls(this);
  readonly #globalWrites: ReadonlyMap<string, readonly (Reference & { file: SourceFile })[]>;

  constructor(program: Program, roles?: Roles) {
    this.program = program;
    this.roles = roles;
    this.writes = findMemberWrites(program.files.values());
    this.#globalWrites = globalWritesOf(program);
    this.tables = new TableFields(this);
  }

  /** What an expression can be; of a call, its first result. */
  valuesOf(file: SourceFile, expression: Expression): Values {
    return remember(this.#values, expression, UNKNOWN, () => this.#evaluate(file, expression));
  }

  /** What a target of an assignment gets. */
  assignedValues(file: SourceFile, assigned: Assigned | undefined): Values {
    if (assigned === undefined) return NIL;
    const { expression, result } = assigned;
    if (result === 0) return this.valuesOf(file, expression);
    if (expression.kind !== 'Call' && expression.kind !== 'MethodCall') return UNKNOWN;
    return resultAt(this.resultsOf(file, expression), result);
  }

  /** The results of a call in order. The last one being unknown means that more may follow. */
  resultsOf(file: SourceFile, call: Call): Results {
    return remember(this.#results, call, [UNKNOWN], () => this.#callResults(file, call));
  }

  /** What a function of the policy returns, by position, over all its paths. */
  returnedBy(file: SourceFile, fn: FunctionExpression): Results {
    return remember(this.#returned, fn, [UNKNOWN], () => {
      const { returns, fallsOff } = this.exitsOf(file, fn);
      const paths: Results[] = returns.map(({ values }) => this.listResults(file, values));
      if (fallsOff !== undefined) paths.push([]);
      const length = Math.max(0, ...paths.map((path) => path.length));
      return Array.from({ length }, (_, i) => either(...paths.map((path) => resultAt(path, i))));
    });
  }

  /** How a function can end, with the calls that are known to raise. */
  exitsOf(file: SourceFile, fn: FunctionExpression): Exits {
    const nothing: Exits = { returns: [], fallsOff: fn, raises: [], unreachable: [] };
    return remember(this.#exits, fn, nothing, () =>
      exitsOf(fn, (call) => this.neverReturns(file, call)),
    );
  }

  /** Whether a call raises whenever it is made: `error`, `kumo.reject`, functions that end in one. */
  neverReturns(file: SourceFile, call: Expression): boolean {
    if (call.kind !== 'Call' && call.kind !== 'MethodCall') return false;
    const callees = this.calleesOf(file, call);
    return (
      callees.length > 0 &&
      callees.every((callee) => {
        if (callee.kind === 'api-function') return callee.entry.neverReturns === true;
        if (callee.kind === 'library') return callee.name === 'error';
        if (callee.kind !== 'function') return false;
        if (this.#exits.get(callee.fn) === PENDING) return false;
        const { returns, fallsOff, raises } = this.exitsOf(callee.file, callee.fn);
        return returns.length === 0 && fallsOff === undefined && raises.length > 0;
      })
    );
  }

  /** What is called. */
  calleesOf(file: SourceFile, call: Call): Values {
    if (call.kind === 'Call') return this.valuesOf(file, call.callee);
    return either(
      ...this.valuesOf(file, call.object).map((object) => this.memberOf(object, call.name, true)),
    );
  }

  /** A field of a value; with `isMethod` looked up as `value:name` would. */
  memberOf(value: Value, name: string, isMethod = false): Values {
    return value.kind === 'table'
      ? this.tables.field(value, name)
      : knownMember(value, name, isMethod);
  }

  valuesOfBinding(file: SourceFile, binding: LocalBinding): Values {
    return remember(this.#bindings, binding, UNKNOWN, () => {
      const writes = binding.references
        .filter(({ isWrite }) => isWrite)
        .map(({ assigned }) => this.assignedValues(file, assigned));
      return either(this.#declared(file, binding), ...writes);
    });
  }

  /** Whether anything of the program assigns a global of this name. */
  isGlobalWritten(name: string): boolean {
    return this.#globalWrites.has(name);
  }

  #declared(file: SourceFile, binding: LocalBinding): Values {
    switch (binding.kind) {
      case 'local':
        return this.assignedValues(file, binding.value);
      case 'parameter':
        return this.#parameter(binding);
      case 'self': {
        const method = binding.owner && this.writes.methods.get(binding.owner);
        return method === undefined ? UNKNOWN : this.valuesOf(method.file, method.object);
      }
      case 'loop':
        return UNKNOWN;
    }
  }

  #parameter({ owner, declaration }: LocalBinding): Values {
    const given = owner === undefined ? undefined : this.roles?.arguments.get(owner);
    if (owner === undefined || declaration === undefined || given === undefined) return UNKNOWN;
    return given[owner.parameters.indexOf(declaration)] ?? NIL;
  }

  #evaluate(file: SourceFile, expression: Expression): Values {
    switch (expression.kind) {
      case 'Nil':
        return NIL;
      case 'Boolean':
        return [{ kind: 'boolean', value: expression.value }];
      case 'Number':
        return [{ kind: 'number', value: expression.value }];
      case 'String':
        return [{ kind: 'string', value: expression.value }];
      case 'FunctionExpression':
        return [{ kind: 'function', file, fn: expression }];
      case 'Table':
        return [{ kind: 'table', file, table: expression }];
      case 'Parenthesized':
        return this.valuesOf(file, expression.inner);
      case 'Name':
        return this.#name(file, expression);
      case 'Member':
        return this.#member(file, expression.object, expression.name);
      case 'Index': {
        const key = knownText(this.valuesOf(file, expression.key));
        if (key !== undefined) return this.#member(file, expression.object, key);
        const objects = this.valuesOf(file, expression.object);
        return either(
          ...objects.map((o) => (o.kind === 'array' ? either(o.elements, NIL) : UNKNOWN)),
        );
      }
      case 'Call':
      case 'MethodCall':
        // What raises gives nothing at all.
        if (this.neverReturns(file, expression)) return [];
        return resultAt(this.resultsOf(file, expression), 0);
      case 'Unary':
        if (expression.operator === 'not') return [{ kind: 'boolean' }];
        return [{ kind: 'number' }];
      case 'Binary':
        return this.#binary(file, expression.operator, expression.left, expression.right);
      default:
        return UNKNOWN;
    }
  }

  #binary(file: SourceFile, operator: string, left: Expression, right: Expression): Values {
    switch (operator) {
      case 'and':
        return either(falsy(this.valuesOf(file, left)), this.valuesOf(file, right));
      case 'or':
        return either(truthy(this.valuesOf(file, left)), this.valuesOf(file, right));
      case '..':
        return [{ kind: 'string' }];
      case '==':
      case '~=':
      case '<':
      case '>':
      case '<=':
      case '>=':
        return [{ kind: 'boolean' }];
      default:
        // Objects with operators of their own (Time) are not followed.
        return left.kind === 'Number' && right.kind === 'Number' ? [{ kind: 'number' }] : UNKNOWN;
    }
  }

  #member(file: SourceFile, object: Expression, name: string): Values {
    return either(...this.valuesOf(file, object).map((value) => this.memberOf(value, name)));
  }

  #name(file: SourceFile, expression: NameExpression): Values {
    const binding = file.bindings.bindingOf(expression);
    if (binding !== undefined) return this.valuesOfBinding(file, binding);
    const { name } = expression;
    const writes = this.#globalWrites.get(name);
    const library: Values = LUA_GLOBALS.has(name) ? [{ kind: 'library', name }] : [];
    if (writes === undefined) return library.length > 0 ? library : UNKNOWN;
    return either(library, ...writes.map((w) => this.assignedValues(w.file, w.assigned)), NIL);
  }

  /** The values of an expression list: what `return a, f()` gives. */
  listResults(file: SourceFile, list: readonly Expression[]): Results {
    const last = list.at(-1);
    const first = list.slice(0, -1).map((each) => this.valuesOf(file, each));
    if (last === undefined) return [];
    if (last.kind === 'Call' || last.kind === 'MethodCall') {
      return [...first, ...this.resultsOf(file, last)];
    }
    return [...first, this.valuesOf(file, last)];
  }

  #callResults(file: SourceFile, call: Call): Results {
    const callees = this.calleesOf(file, call);
    const all = callees.map((callee) => this.#resultsOfCallee(file, callee, call));
    const length = Math.max(0, ...all.map((results) => results.length));
    return Array.from({ length }, (_, i) => either(...all.map((results) => resultAt(results, i))));
  }

  #resultsOfCallee(file: SourceFile, callee: Value, { args }: Call): Results {
    switch (callee.kind) {
      case 'function':
        return this.returnedBy(callee.file, callee.fn);
      case 'api-function':
        return callee.entry.returns.map(valuesOfType);
      case 'library':
        return this.#libraries.resultsOf(file, callee.name, args);
      default:
        return [UNKNOWN];
    }
  }
}

function remember<K, V>(
  known: Map<K, V | typeof PENDING>,
  key: K,
  inCircle: V,
  compute: () => V,
): V {
  const before = known.get(key);
  if (before === PENDING) return inCircle;
  if (before !== undefined) return before;
  known.set(key, PENDING);
  const value = compute();
  known.set(key, value);
  return value;
}

function globalWritesOf(program: Program): Map<string, (Reference & { file: SourceFile })[]> {
  const result = new Map<string, (Reference & { file: SourceFile })[]>();
  for (const file of program.files.values()) {
    for (const [name, references] of file.bindings.globals) {
      const writes = references.filter(({ isWrite }) => isWrite).map((r) => ({ ...r, file }));
      if (writes.length > 0) result.set(name, [...(result.get(name) ?? []), ...writes]);
    }
  }
  return result;
}
