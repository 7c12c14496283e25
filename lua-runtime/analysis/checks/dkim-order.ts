/** The body changed behind the DKIM signature, which is then wrong at every receiver. */
import { nodesOf, ownNodes } from '../syntax/node-index.ts';
import type { MethodCallExpression } from '../syntax/syntax-tree.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { WARNING, type Check } from './check.ts';

/** They change bytes that every signature covers. */
const CHANGES_BODY = ['set_data', 'append_text_plain', 'append_text_html', 'check_fix_conformance'];

export const dkimOrder: Check = ({ evaluator, file, report }) => {
  const calls = apiCallsOf(evaluator);
  const nodes = nodesOf(file.chunk);
  for (const { file: where, call } of calls.to('Message:dkim_sign')) {
    if (where !== file || call.kind !== 'MethodCall' || call.object.kind !== 'Name') continue;
    const signed = file.bindings.bindingOf(call.object);
    // Statements behind it in the same block run after it, whatever the branches.
    const statement = nodes.parentOf(call);
    const block = statement && nodes.parentOf(statement);
    if (signed === undefined || block?.kind !== 'Block') continue;
    const later = ownNodes(block).find(
      (node): node is MethodCallExpression =>
        node.kind === 'MethodCall' &&
        node.start > call.end &&
        CHANGES_BODY.includes(node.name) &&
        node.object.kind === 'Name' &&
        file.bindings.bindingOf(node.object) === signed,
    );
    if (later === undefined) continue;
    // Signed again behind the change: that signature holds.
    const again = calls
      .to('Message:dkim_sign')
      .some((each) => each.file === file && each.call.start > later.end);
    if (again) continue;
    report({
      code: 'changed-after-signing',
      at: later,
      severity: WARNING,
      message: `The message is signed already, and \`${later.name}\` changes what the signature covers: receivers find it broken. Sign last.`,
      page: 'userguide/configuration/dkim.md',
      related: [{ file, at: call, message: 'Signed here.' }],
    });
  }
};
