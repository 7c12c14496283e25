/**
 * Which declaration each name of a file means (Lua 5.4 manual §3.5): the ground that definitions,
 * references, rename and every check stand on.
 */
import type {
  Block,
  Chunk,
  Expression,
  FunctionExpression,
  LocalName,
  NameExpression,
  Span,
  Statement,
} from '../syntax/syntax-tree.ts';
import { childrenOf, type Node } from '../syntax/walk.ts';

/** The `result`th value of an expression, from 0: only calls and `...` give more than one. */
export interface Assigned {
  readonly expression: Expression;
  readonly result: number;
}

export interface Reference {
  readonly name: NameExpression;
  /** What is written, where the name is the target of an assignment. */
  readonly assigned?: Assigned;
  /** The name stands left of `=`, or is the target of a function statement. */
  readonly isWrite: boolean;
  /** The innermost function that the reference is in; undefined in the main chunk. */
  readonly within: FunctionExpression | undefined;
}

export interface LocalBinding {
  readonly kind: 'local' | 'parameter' | 'loop' | 'self';
  /** Absent for `self`, which is not written. */
  readonly declaration?: LocalName;
  readonly name: string;
  /** Where the name can be used. */
  readonly scope: Span;
  /** The function that declares it; undefined for the main chunk. */
  readonly owner: FunctionExpression | undefined;
  /** What a local is initialised with; absent where nothing is written. */
  readonly value?: Assigned;
  readonly references: readonly Reference[];
}

export interface Bindings {
  readonly locals: readonly LocalBinding[];
  /** References to names that no local declares, by name. */
  readonly globals: ReadonlyMap<string, readonly Reference[]>;
  /** The local that a name means; undefined for a global. */
  bindingOf(name: NameExpression | LocalName): LocalBinding | undefined;
  /** The names that can be used at an offset, innermost first, without shadowed ones. */
  visibleAt(offset: number): readonly LocalBinding[];
}

type Growing = LocalBinding & { readonly references: Reference[] };
type Scope = Map<string, Growing>;

export function resolveBindings(chunk: Chunk): Bindings {
  return new Resolver(chunk).resolve();
}

class Resolver {
  private readonly chunk: Chunk;
  private readonly locals: Growing[] = [];
  private readonly globals = new Map<string, Reference[]>();
  private readonly byNode = new Map<NameExpression | LocalName, Growing>();
  private readonly scopes: Scope[] = [new Map<string, Growing>()];
  private within: FunctionExpression | undefined;

  constructor(chunk: Chunk) {
    this.chunk = chunk;
  }

  resolve(): Bindings {
    this.statements(this.chunk.body);
    const { locals, globals, byNode } = this;
    return {
      locals,
      globals,
      bindingOf: (name) => byNode.get(name),
      visibleAt(offset) {
        const names = new Map<string, LocalBinding>();
        for (const local of locals.toReversed()) {
          const { start, end } = local.scope;
          if (start <= offset && offset <= end && !names.has(local.name))
            names.set(local.name, local);
        }
        return [...names.values()];
      },
    };
  }

  private block(block: Block, declare?: () => void): void {
    this.scopes.push(new Map());
    declare?.();
    this.statements(block);
    this.scopes.pop();
  }

  private statements(block: Block): void {
    for (const statement of block.statements) this.statement(statement, block);
  }

  private statement(statement: Statement, block: Block): void {
    switch (statement.kind) {
      case 'Local': {
        const { names, values, end } = statement;
        this.all(values);
        names.forEach((name, i) => {
          this.declare('local', name, { start: end, end: block.end }, assignedOf(values, i));
        });
        return;
      }
      case 'LocalFunction': {
        const { name, fn } = statement;
        // Its name can be used inside, so that it can call itself.
        const value = { expression: fn, result: 0 };
        this.declare('local', name, { start: fn.start, end: block.end }, value);
        this.functionBody(fn, false);
        return;
      }
      case 'Function':
        this.target(statement.target, { expression: statement.fn, result: 0 });
        this.functionBody(statement.fn, statement.isMethod);
        return;
      case 'Assignment':
        this.all(statement.values);
        statement.targets.forEach((target, i) => {
          this.target(target, assignedOf(statement.values, i));
        });
        return;
      case 'NumericFor': {
        const { variable, body } = statement;
        this.all(childrenOf(statement).slice(0, -1));
        this.block(body, () => {
          this.declare('loop', variable, body);
        });
        return;
      }
      case 'GenericFor': {
        const { variables, iterators, body } = statement;
        this.all(iterators);
        this.block(body, () => {
          for (const variable of variables) this.declare('loop', variable, body);
        });
        return;
      }
      case 'Repeat': {
        // The condition sees the locals of the body.
        this.scopes.push(new Map());
        this.statements(statement.body);
        this.node(statement.condition);
        this.scopes.pop();
        return;
      }
      default:
        this.all(childrenOf(statement));
    }
  }

  private all(nodes: readonly Node[]): void {
    for (const node of nodes) this.node(node);
  }

  private node(node: Node): void {
    if (node.kind === 'Block') this.block(node);
    else if (node.kind === 'FunctionExpression') this.functionBody(node, false);
    else if (node.kind === 'Name') this.reference({ name: node, isWrite: false });
    else this.all(childrenOf(node));
  }

  private functionBody(fn: FunctionExpression, hasSelf: boolean): void {
    const outer = this.within;
    this.within = fn;
    this.block(fn.body, () => {
      const scope = { start: fn.start, end: fn.end };
      if (hasSelf) this.add({ kind: 'self', name: 'self', scope, owner: fn, references: [] });
      for (const parameter of fn.parameters) this.declare('parameter', parameter, scope);
    });
    this.within = outer;
  }

  private target(target: Expression, assigned: Assigned | undefined): void {
    if (target.kind !== 'Name') this.node(target);
    else if (assigned === undefined) this.reference({ name: target, isWrite: true });
    else this.reference({ name: target, isWrite: true, assigned });
  }

  private declare(
    kind: LocalBinding['kind'],
    declaration: LocalName,
    { start, end }: Span,
    value?: Assigned,
  ): void {
    const { name } = declaration;
    const binding: Growing = {
      kind,
      declaration,
      name,
      scope: { start, end },
      owner: this.within,
      references: [],
      ...(value === undefined ? {} : { value }),
    };
    this.byNode.set(declaration, binding);
    this.add(binding);
  }

  private add(binding: Growing): void {
    this.locals.push(binding);
    (this.scopes.at(-1) as Scope).set(binding.name, binding);
  }

  private reference(found: Omit<Reference, 'within'>): void {
    const reference: Reference = { ...found, within: this.within };
    const { name } = reference;
    const binding = this.scopes.findLast((scope) => scope.has(name.name))?.get(name.name);
    if (binding !== undefined) {
      binding.references.push(reference);
      this.byNode.set(name, binding);
      return;
    }
    const known = this.globals.get(name.name);
    if (known === undefined) this.globals.set(name.name, [reference]);
    else known.push(reference);
  }
}

/**
 * What the `i`th target of a list of values gets (Lua 5.4 manual §3.3.3); undefined when the list is too
 * short, which means nil.
 */
export function assignedOf(values: readonly Expression[], i: number): Assigned | undefined {
  const own = values[i];
  if (own !== undefined) return { expression: own, result: 0 };
  const last = values.at(-1);
  if (last === undefined || !givesSeveral(last)) return undefined;
  return { expression: last, result: i - values.length + 1 };
}

/** Whether an expression at the end of a list can give more or fewer values than one. */
export function givesSeveral({ kind }: Expression): boolean {
  return kind === 'Call' || kind === 'MethodCall' || kind === 'Vararg';
}
