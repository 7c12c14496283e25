/**
 * `require` of what is no module: the sub-modules of kumo are fields of `kumo` (KumoMTA
 * crates/config/src/lib.rs 389-416), and the helpers have the names of their files.
 */
import { catalogue, findModule, findRequired } from '../catalogue/catalogue.ts';
import { nodesOf } from '../syntax/node-index.ts';
import { nearestName } from '../../kumo/nearest-name.ts';
import { ERROR, type Check } from './check.ts';

const HELPER_PREFIX = 'policy-extras.';
const HELPERS = catalogue.modules.flatMap(({ require }) =>
  require?.startsWith(HELPER_PREFIX) === true ? [require.slice(HELPER_PREFIX.length)] : [],
);

export const unknownModule: Check = ({ evaluator, file, report }) => {
  for (const call of nodesOf(file.chunk).ofKind('Call')) {
    if (call.callee.kind !== 'Name' || call.callee.name !== 'require') continue;
    if (file.bindings.bindingOf(call.callee) !== undefined) continue;
    const [name] = call.args;
    if (name?.kind !== 'String' || evaluator.program.moduleFile(name.value) !== undefined) continue;
    const module = name.value;
    const isSubModule = /^kumo\./.test(module) && findRequired(module) === undefined;
    const helper =
      findRequired(module) === undefined && module.startsWith(HELPER_PREFIX)
        ? nearestName(module.slice(HELPER_PREFIX.length), HELPERS)
        : undefined;
    // A helper of one's own may lie beside those of KumoMTA: only a slip is told.
    if (!isSubModule && helper === undefined) continue;
    const meant = helper && `${HELPER_PREFIX}${helper}`;
    const isField = isSubModule && findModule(module) !== undefined;
    report({
      code: 'unknown-module',
      at: name,
      severity: ERROR,
      message:
        `There is no module '${module}': require raises "module '${module}' not found".` +
        (isField ? ` Write \`require('kumo')${module.slice('kumo'.length)}\`.` : '') +
        (meant === undefined ? '' : ` Did you mean '${meant}'?`),
      page:
        meant !== undefined
          ? 'userguide/configuration/policy_helpers.md'
          : 'userguide/general/lua.md',
      ...(isField
        ? {
            fixes: [
              {
                title: "Take it from 'kumo'",
                preferred: true as const,
                edits: [{ at: call, newText: `require('kumo')${module.slice('kumo'.length)}` }],
              },
            ],
          }
        : meant === undefined
          ? {}
          : {
              fixes: [
                {
                  title: `Change to '${meant}'`,
                  preferred: true as const,
                  edits: [{ at: name.content, newText: meant }],
                },
              ],
            }),
    });
  }
};
