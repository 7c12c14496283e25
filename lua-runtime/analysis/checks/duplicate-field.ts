/** A field that a table sets twice: Lua keeps the last, and says nothing. */
import { fieldName } from '../syntax/field-names.ts';
import { nodesOf } from '../syntax/node-index.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { WARNING, type Check } from './check.ts';

export const duplicateField: Check = ({ file, report }) => {
  for (const { fields } of nodesOf(file.chunk).ofKind('Table')) {
    const first = new Map<string, Span>();
    for (const field of fields) {
      const name = fieldName(field);
      if (name === undefined) continue;
      const at = field.kind === 'NamedField' ? field.nameSpan : field;
      const before = first.get(name);
      if (before === undefined) {
        first.set(name, at);
        continue;
      }
      report({
        code: 'duplicate-field',
        at,
        severity: WARNING,
        message: `The table has \`${name}\` already: this value replaces the first one.`,
        related: [{ file, at: before, message: 'Set here first.' }],
      });
    }
  }
};
