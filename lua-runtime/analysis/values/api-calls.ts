/** Every call of a program that goes to a function of KumoMTA for certain, found once for all checks. */
import { nodesOf } from '../syntax/node-index.ts';
import type { CallExpression, MethodCallExpression } from '../syntax/syntax-tree.ts';
import type { FunctionEntry } from '../catalogue/catalogue-contract.ts';
import { inFile } from './by-file.ts';
import type { Evaluator } from './evaluator.ts';
import type { SourceFile } from './source-file.ts';

export interface ApiCall {
  readonly file: SourceFile;
  readonly call: CallExpression | MethodCallExpression;
  /** `kumo.reject`, `Message:set_meta`, `policy-extras.queue.setup`. */
  readonly fullName: string;
  readonly entry: FunctionEntry;
  /** Without the object of `object.method(object, …)`. */
  readonly args: CallExpression['args'];
}

export interface ApiCalls {
  /** In the order of the files and their texts. */
  readonly all: readonly ApiCall[];
  to(...fullNames: readonly string[]): readonly ApiCall[];
  /** The calls in a file, to these functions or to any. */
  in(file: SourceFile, ...fullNames: readonly string[]): readonly ApiCall[];
  of(call: CallExpression | MethodCallExpression): ApiCall | undefined;
}

const known = new WeakMap<Evaluator, ApiCalls>();

export function apiCallsOf(evaluator: Evaluator): ApiCalls {
  let calls = known.get(evaluator);
  if (calls === undefined) known.set(evaluator, (calls = findApiCalls(evaluator)));
  return calls;
}

function findApiCalls(evaluator: Evaluator): ApiCalls {
  const all: ApiCall[] = [];
  for (const file of evaluator.program.files.values()) {
    const nodes = nodesOf(file.chunk);
    const own = [...nodes.ofKind('Call'), ...nodes.ofKind('MethodCall')];
    for (const call of own.sort((a, b) => a.start - b.start)) {
      const callees = evaluator.calleesOf(file, call);
      const [callee] = callees;
      // A call that may go elsewhere too is judged by nobody.
      if (callees.length !== 1 || callee?.kind !== 'api-function') continue;
      const { fullName, entry } = callee;
      const skipped = call.kind === 'Call' && fullName.includes(':') ? 1 : 0;
      all.push({ file, call, fullName, entry, args: call.args.slice(skipped) });
    }
  }
  const byName = new Map<string, ApiCall[]>();
  const byCall = new Map<CallExpression | MethodCallExpression, ApiCall>();
  for (const each of all) {
    byCall.set(each.call, each);
    const same = byName.get(each.fullName);
    if (same === undefined) byName.set(each.fullName, [each]);
    else same.push(each);
  }
  return {
    all,
    to: (...names) =>
      names.length === 1
        ? (byName.get(names[0] as string) ?? [])
        : all.filter(({ fullName }) => names.includes(fullName)),
    in: (file, ...names) =>
      names.length === 0
        ? inFile(all, file)
        : inFile(all, file).filter(({ fullName }) => names.includes(fullName)),
    of: (call) => byCall.get(call),
  };
}
