/** The parameters of the call that is being written. */
import type { Position } from '../analysis-contract.ts';
import { LineMap } from '../line-map.ts';
import type { SignatureHelp } from '../lsp-types.ts';
import type { CallExpression, MethodCallExpression } from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import { cursorAt } from './cursor.ts';
import { describeEntry, signatureOf } from './describe-entry.ts';

export function signatureHelpAt(
  evaluator: Evaluator,
  file: SourceFile,
  position: Position,
  kumomta: string | undefined,
): SignatureHelp | undefined {
  const { opener, isComment } = cursorAt(file.text, new LineMap(file.text).offset(position));
  if (isComment || opener?.token.text !== '(') return undefined;
  const call = callWithArguments(file, opener.token.start);
  if (call === undefined) return undefined;
  const signatures = evaluator.calleesOf(file, call).flatMap((callee) => {
    if (callee.kind === 'api-function') {
      const { entry, fullName } = callee;
      const { label, parameters } = signatureOf(fullName, entry);
      return [
        {
          label,
          documentation: describeEntry(undefined, entry, kumomta),
          parameters: parameters.map((place, i) => {
            const summary = entry.parameters[i]?.summary;
            return {
              label: place,
              ...(summary === undefined
                ? {}
                : { documentation: { kind: 'markdown' as const, value: summary } }),
            };
          }),
        },
      ];
    }
    if (callee.kind !== 'function') return [];
    const { label, parameters } = signatureOf(nameOf(call, file), {
      parameters: callee.fn.parameters.map(({ name }) => ({ name, type: 'any' })),
      returns: [],
      ...(callee.fn.isVararg ? { variadic: 'any' } : {}),
    });
    return [{ label, parameters: parameters.map((place) => ({ label: place })) }];
  });
  if (signatures.length === 0) return undefined;
  return { signatures, activeSignature: 0, activeParameter: opener.separators };
}

function nameOf(call: CallExpression | MethodCallExpression, { text }: SourceFile): string {
  return call.kind === 'MethodCall'
    ? `${text.slice(call.object.start, call.object.end)}:${call.name}`
    : text.slice(call.callee.start, call.callee.end);
}

function callWithArguments(
  file: SourceFile,
  start: number,
): CallExpression | MethodCallExpression | undefined {
  let found: CallExpression | MethodCallExpression | undefined;
  walk(file.chunk, (node) => {
    const isCall = node.kind === 'Call' || node.kind === 'MethodCall';
    if (isCall && node.argsSpan.start === start) found = node;
    return node.start <= start && start <= node.end;
  });
  return found;
}
