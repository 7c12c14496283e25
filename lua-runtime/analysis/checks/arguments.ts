/** What is handed to KumoMTA's functions: how many arguments, and of which types. */
import type { FunctionEntry } from '../catalogue/catalogue-contract.ts';
import { parseType } from '../catalogue/type-text.ts';
import { givesSeveral } from '../scopes/bindings.ts';
import type { CallExpression, MethodCallExpression } from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import { ERROR, WARNING, type Check, type CheckContext } from './check.ts';
import { TypeFit } from './type-fit.ts';

export const callArguments: Check = (context) => {
  walk(context.file.chunk, (node) => {
    if (node.kind !== 'Call' && node.kind !== 'MethodCall') return true;
    const callees = context.evaluator.calleesOf(context.file, node);
    const [callee] = callees;
    // A call that may go elsewhere too is judged by nobody.
    if (callees.length === 1 && callee?.kind === 'api-function') {
      checkCall(context, node, callee.entry, callee.fullName);
    }
    return true;
  });
};

function checkCall(
  context: CheckContext,
  call: CallExpression | MethodCallExpression,
  entry: FunctionEntry,
  fullName: string,
): void {
  // `object.method(object, …)`: the first argument is the object.
  const skipped = call.kind === 'Call' && fullName.includes(':') ? 1 : 0;
  const args = call.args.slice(skipped);
  const last = args.at(-1);
  const mayHaveMore = last !== undefined && givesSeveral(last);
  const fit = new TypeFit(context, 'argument');
  args.forEach((argument, i) => {
    const parameter = entry.parameters[i];
    if (parameter === undefined) return;
    const type = parseType(parameter.type);
    for (const problem of fit.problems(argument, type, `\`${parameter.name}\``)) {
      context.report({ page: entry.page, ...problem });
    }
  });
  const missing = entry.parameters
    .slice(args.length)
    .find((parameter) => parameter.optional !== true && !takesNil(parameter.type));
  if (missing !== undefined && !mayHaveMore) {
    context.report({
      code: 'missing-argument',
      at: call.argsSpan,
      severity: ERROR,
      message: `\`${fullName}\` needs \`${missing.name}\`: kumod raises "bad argument #${entry.parameters.indexOf(missing) + 1}".`,
      page: entry.page,
    });
  }
  const surplus = args[entry.parameters.length];
  if (surplus !== undefined && entry.variadic === undefined) {
    context.report({
      code: 'surplus-argument',
      at: { start: surplus.start, end: last?.end ?? surplus.end },
      severity: WARNING,
      message: `\`${fullName}\` takes ${entry.parameters.length === 0 ? 'no argument' : `${entry.parameters.length} argument${entry.parameters.length === 1 ? '' : 's'}`}: kumod ignores what follows.`,
      page: entry.page,
    });
  }
}

/** mlua reads a missing boolean as false, like any nil. */
function takesNil(type: string): boolean {
  return type === 'boolean' || /\?$|\bnil\b|\bany\b/.test(type);
}
