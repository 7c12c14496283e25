/** Parameters of a handler that kumod gives nothing for: they are nil whenever it runs. */
import { inFile } from '../values/by-file.ts';
import { WARNING, type Check } from './check.ts';

export const handlerParameters: Check = ({ evaluator, file, report }) => {
  for (const { handler, entry, call } of inFile(evaluator.roles.registrations, file)) {
    // Only a function that nothing else can call.
    if (entry === undefined || handler?.kind !== 'FunctionExpression') continue;
    if (entry.variadic !== undefined || call.args[1] !== handler) continue;
    for (const parameter of handler.parameters.slice(entry.parameters.length)) {
      const binding = file.bindings.bindingOf(parameter);
      const isRead = binding?.references.some(({ isWrite }) => !isWrite) === true;
      const isWritten = binding?.references.some(({ isWrite }) => isWrite) === true;
      if (!isRead || isWritten) continue;
      const given = entry.parameters.map(({ name }) => name);
      report({
        code: 'surplus-parameter',
        at: parameter,
        severity: WARNING,
        message: `kumod gives the handler of '${entry.name}' ${given.length === 0 ? 'nothing' : given.map((name) => `\`${name}\``).join(', ')} and no more: \`${parameter.name}\` is always nil.`,
        page: entry.page,
      });
    }
  }
};
