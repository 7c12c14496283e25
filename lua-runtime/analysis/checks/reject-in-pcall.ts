/**
 * kumo.reject inside of pcall: it is caught like any error, and what is raised again as text is no
 * reject any more, so a 500 becomes a TransientFailure 400 (KumoMTA crates/kumod/src/smtp_server.rs 842-866).
 */
import type { FunctionExpression } from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import { ERROR, WARNING, type Check, type CheckContext } from './check.ts';

const REJECTS = new Set(['kumo.reject', 'kumo.disconnect']);
const PAGE = 'reference/kumo/reject.md';

export const rejectInPcall: Check = (context) => {
  const { file, evaluator, report } = context;
  walk(file.chunk, (node) => {
    if (node.kind !== 'Call') return true;
    const isPcall = evaluator
      .valuesOf(file, node.callee)
      .some((value) => value.kind === 'library' && ['pcall', 'xpcall'].includes(value.name));
    const [body] = node.args;
    if (!isPcall || body?.kind !== 'FunctionExpression') return true;
    if (isRaisedAgain(context, node.end)) return true;
    forRejects(context, body, (at, name) => {
      report({
        code: 'reject-in-pcall',
        at,
        severity: ERROR,
        message: `pcall catches this ${name}, and kumod never sees it: nothing is rejected. Decide inside of pcall, and reject behind it.`,
        page: PAGE,
      });
    });
    return true;
  });
};

function forRejects(
  { evaluator, file }: CheckContext,
  body: FunctionExpression,
  found: (at: { start: number; end: number }, name: string) => void,
): void {
  walk(body.body, (node) => {
    // What an inner function does counts where that is called.
    if (node.kind === 'FunctionExpression') return false;
    if (node.kind !== 'Call') return true;
    for (const value of evaluator.valuesOf(file, node.callee)) {
      if (value.kind === 'api-function' && REJECTS.has(value.fullName)) found(node, value.fullName);
    }
    return true;
  });
}

/** Whether the rest of the function passes a caught error on: `error(err)`, or returns it. */
function isRaisedAgain({ file }: CheckContext, after: number): boolean {
  return /\berror\s*\(\s*[A-Za-z_]\w*\s*(?:,\s*0\s*)?\)/.test(file.text.slice(after, after + 600));
}

/** `error(tostring(err))`: a caught reject is raised again as text. */
export const rethrowAsText: Check = ({ file, evaluator, report }) => {
  const caught = new Set<string>();
  walk(file.chunk, (node) => {
    if (node.kind !== 'Local' || node.names.length < 2) return true;
    const [call] = node.values;
    if (
      call?.kind === 'Call' &&
      call.callee.kind === 'Name' &&
      /^x?pcall$/.test(call.callee.name)
    ) {
      const error = node.names[1];
      if (error !== undefined && canReject(call.args[0])) caught.add(error.name);
    }
    return true;
  });
  if (caught.size === 0) return;
  walk(file.chunk, (node) => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Name' || node.callee.name !== 'error')
      return true;
    const [argument] = node.args;
    const text = argument === undefined ? '' : file.text.slice(argument.start, argument.end);
    const name =
      /^tostring\s*\(\s*(\w+)\s*\)$/.exec(text)?.[1] ??
      /\.\.\s*(?:tostring\s*\(\s*)?(\w+)\s*\)?$/.exec(text)?.[1];
    if (name === undefined || !caught.has(name)) return true;
    report({
      code: 'rethrow-as-text',
      at: node,
      severity: WARNING,
      message: `As text a caught kumo.reject is a plain error: kumod logs a TransientFailure 400 instead of the code that was rejected with. Raise the caught value itself: \`error(${name})\`.`,
      page: PAGE,
      fixes: [
        {
          title: `Raise ${name} itself`,
          preferred: true,
          edits: [{ at: argument ?? node, newText: name }],
        },
      ],
    });
    return true;
  });

  function canReject(body: unknown): boolean {
    const fn = body as FunctionExpression | undefined;
    if (fn?.kind !== 'FunctionExpression') return false;
    let found = false;
    walk(fn.body, (node) => {
      if (node.kind === 'Call') {
        found ||= evaluator
          .valuesOf(file, node.callee)
          .some((value) => value.kind === 'api-function' && REJECTS.has(value.fullName));
      }
      return !found;
    });
    return found;
  }
};
