/** Every place of a program that adds a field to a table, or gives it a metatable. */
import { assignedOf, type Assigned } from '../scopes/bindings.ts';
import type { Expression, FunctionExpression } from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import type { SourceFile } from './source-file.ts';

export interface MemberWrite {
  readonly file: SourceFile;
  readonly object: Expression;
  readonly assigned: Assigned | undefined;
}

/** `function object:name()`: the function gets the object as `self`. */
export interface Method {
  readonly file: SourceFile;
  readonly object: Expression;
  readonly fn: FunctionExpression;
}

export interface MetatableCall {
  readonly file: SourceFile;
  readonly table: Expression;
  readonly metatable: Expression;
}

export interface MemberWrites {
  readonly byName: ReadonlyMap<string, readonly MemberWrite[]>;
  /** `t[k] = v` with a key that the text does not tell. */
  readonly dynamic: readonly MemberWrite[];
  readonly methods: ReadonlyMap<FunctionExpression, Method>;
  readonly metatables: readonly MetatableCall[];
}

export function findMemberWrites(files: Iterable<SourceFile>): MemberWrites {
  const byName = new Map<string, MemberWrite[]>();
  const dynamic: MemberWrite[] = [];
  const methods = new Map<FunctionExpression, Method>();
  const metatables: MetatableCall[] = [];
  const add = (name: string, write: MemberWrite): void => {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [write]);
    else known.push(write);
  };
  const target = (file: SourceFile, to: Expression, assigned: Assigned | undefined): void => {
    if (to.kind === 'Member') add(to.name, { file, object: to.object, assigned });
    else if (to.kind === 'Index') {
      const write = { file, object: to.object, assigned };
      if (to.key.kind === 'String') add(to.key.value, write);
      else if (to.key.kind !== 'Number') dynamic.push(write);
    }
  };
  for (const file of files) {
    walk(file.chunk, (node) => {
      if (node.kind === 'Assignment') {
        node.targets.forEach((to, i) => {
          target(file, to, assignedOf(node.values, i));
        });
      } else if (node.kind === 'Function') {
        target(file, node.target, { expression: node.fn, result: 0 });
        if (node.isMethod && node.target.kind === 'Member') {
          methods.set(node.fn, { file, object: node.target.object, fn: node.fn });
        }
      } else if (node.kind === 'Call' && node.callee.kind === 'Name') {
        const [table, metatable] = node.args;
        const isGlobal = file.bindings.bindingOf(node.callee) === undefined;
        if (node.callee.name === 'setmetatable' && isGlobal && table && metatable) {
          metatables.push({ file, table, metatable });
        }
      }
      return true;
    });
  }
  return { byName, dynamic, methods, metatables };
}
