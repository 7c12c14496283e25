/** The fields of a table constructor by name: `{ name = … }` and `{ ['name'] = … }` say the same. */
import type { Expression, TableExpression, TableField } from './syntax-tree.ts';

/** Undefined for a position, and for a key that the text does not tell. */
export function fieldName(field: TableField): string | undefined {
  if (field.kind === 'NamedField') return field.name;
  return field.kind === 'KeyedField' && field.key.kind === 'String' ? field.key.value : undefined;
}

/** The value of a field that is written inside of a table. */
export function fieldOf({ fields }: TableExpression, name: string): Expression | undefined {
  return fields.find((field) => fieldName(field) === name)?.value;
}
