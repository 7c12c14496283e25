/** Which files of a program another one requires: modules, which nobody loads as a policy. */
import { nodesOf } from '../syntax/node-index.ts';
import type { Program } from './program.ts';
import type { SourceFile } from './source-file.ts';

const known = new WeakMap<Program, ReadonlySet<SourceFile>>();

export function requiredFilesOf(program: Program): ReadonlySet<SourceFile> {
  let found = known.get(program);
  if (found === undefined) {
    const files = new Set<SourceFile>();
    for (const { chunk } of program.files.values()) {
      for (const { callee, args } of nodesOf(chunk).ofKind('Call')) {
        const [name] = args;
        if (callee.kind !== 'Name' || callee.name !== 'require' || name?.kind !== 'String')
          continue;
        const file = program.moduleFile(name.value);
        if (file !== undefined) files.add(file);
      }
    }
    known.set(program, (found = files));
  }
  return found;
}

/** Whether kumod runs a file's main chunk as its policy, for every Lua context. */
export function isPolicy(program: Program, file: SourceFile): boolean {
  return file.path === program.policyFile && !requiredFilesOf(program).has(file);
}
