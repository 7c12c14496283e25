/**
 * `headers` of the AMQP clients: neither takes an ordinary Lua table. amqprs reads a pair of a length and
 * tagged values, lapin tagged values (KumoMTA crates/mod-amqp/src/amqprs_client.rs 173-212, lapin_client.rs 11-56).
 */
import { fieldOf } from '../syntax/field-names.ts';
import type { Expression, TableExpression } from '../syntax/syntax-tree.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { ERROR, type Check, type CheckContext } from './check.ts';

export const amqpHeaders: Check = (context) => {
  const { evaluator, file, report } = context;
  const calls = apiCallsOf(evaluator);
  for (const each of calls.to('kumo.amqp.basic_publish')) {
    if (each.file !== file) continue;
    const headers = tableField(context, each.args[0], 'headers');
    if (headers === undefined || !hasNamed(headers)) continue;
    report({
      code: 'amqp-headers',
      at: headers,
      severity: ERROR,
      message:
        '`headers` of basic_publish takes no ordinary Lua table: kumod raises "expected tuple struct FieldTable with 2 elements" and nothing is published. Put it into the payload, or leave it out.',
      page: each.entry.page,
    });
  }
  for (const each of calls.to('AmqpClient:publish', 'AmqpClient:publish_with_timeout')) {
    if (each.file !== file) continue;
    const properties = tableField(context, each.args[0], 'properties');
    const headers = tableField(context, properties, 'headers');
    const plain = headers?.fields.find(({ value }) => isScalar(value));
    if (plain === undefined) continue;
    report({
      code: 'amqp-headers',
      at: plain,
      severity: ERROR,
      message:
        'A header of this client is written with its type, for example `{ LongString = … }`: kumod raises an error for a plain value, and nothing is published.',
      page: 'reference/kumo.amqp/build_client.md',
      ...(plain.value.kind === 'String'
        ? {
            fixes: [
              {
                title: 'Write it as a LongString',
                preferred: true as const,
                edits: [
                  {
                    at: plain.value,
                    newText: `{ LongString = ${file.text.slice(plain.value.start, plain.value.end)} }`,
                  },
                ],
              },
            ],
          }
        : {}),
    });
  }
};

/** A table that is written as the value of a field, directly or in a local. */
function tableField(
  { evaluator, file }: CheckContext,
  table: Expression | undefined,
  name: string,
): TableExpression | undefined {
  if (table?.kind !== 'Table') return undefined;
  const value = fieldOf(table, name);
  if (value === undefined) return undefined;
  const values = evaluator.valuesOf(file, value);
  const [only] = values;
  return values.length === 1 && only?.kind === 'table' && only.file === file
    ? only.table
    : undefined;
}

function hasNamed({ fields }: TableExpression): boolean {
  return fields.some(({ kind }) => kind !== 'PositionalField');
}

function isScalar({ kind }: Expression): boolean {
  return kind === 'String' || kind === 'Number' || kind === 'Boolean';
}
