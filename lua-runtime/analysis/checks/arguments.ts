/** What is handed to KumoMTA's functions: how many arguments, and of which types. */
import { parseType } from '../catalogue/type-text.ts';
import { givesSeveral } from '../scopes/bindings.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import { ERROR, WARNING, type Check, type CheckContext } from './check.ts';
import { TypeFit } from './type-fit.ts';

export const callArguments: Check = (context) => {
  for (const each of apiCallsOf(context.evaluator).in(context.file)) checkCall(context, each);
};

function checkCall(context: CheckContext, { call, entry, fullName, args }: ApiCall): void {
  // The other way of calling it is told by call-form.ts.
  if (call.kind === 'Call' && fullName.includes(':') && call.args.length === 0) return;
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
