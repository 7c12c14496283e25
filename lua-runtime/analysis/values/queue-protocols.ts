/** Which constructors the queue configs of a program name, and in batches of how many messages. */
import { fieldOf } from '../syntax/field-names.ts';
import { nodesOf } from '../syntax/node-index.ts';
import type { Expression, TableExpression } from '../syntax/syntax-tree.ts';
import type { Evaluator } from './evaluator.ts';
import type { SourceFile } from './source-file.ts';
import { knownText, type Values } from './value.ts';

/** A `custom_lua = { … }` of a queue config. */
export interface LuaProtocol {
  readonly file: SourceFile;
  readonly table: TableExpression;
  /** Undefined: the text does not tell the event. */
  readonly constructor: string | undefined;
  readonly batch: BatchSize;
}

/** What a queue hands over at a time: one to `send`, several to `send_batch`. */
export type BatchSize =
  { readonly kind: 'one' | 'unknown' } | { readonly kind: 'several'; readonly at: Expression };

const ONE: BatchSize = { kind: 'one' };

export function luaProtocolsOf(evaluator: Evaluator): LuaProtocol[] {
  return [...evaluator.program.files.values()].flatMap((file) =>
    nodesOf(file.chunk)
      .ofKind('NamedField')
      .flatMap((field): LuaProtocol[] => {
        const { name, value } = field;
        if (name !== 'custom_lua' || value.kind !== 'Table') return [];
        const named = fieldOf(value, 'constructor');
        return [
          {
            file,
            table: value,
            constructor: named && knownText(evaluator.valuesOf(file, named)),
            batch: batchOf(evaluator, file, value),
          },
        ];
      }),
  );
}

/** The `batch_size` that a table sets: of custom_lua, or of a log hook. */
export function batchOf(evaluator: Evaluator, file: SourceFile, table: TableExpression): BatchSize {
  const at = fieldOf(table, 'batch_size');
  if (at === undefined) return table.fields.some(isDynamic) ? { kind: 'unknown' } : ONE;
  const size = knownNumber(evaluator.valuesOf(file, at));
  if (size === undefined) return { kind: 'unknown' };
  // 0 is several too: kumod asks for `send_batch` unless it is 1 (lua_deliver.rs 206-231).
  return size === 1 ? ONE : { kind: 'several', at };
}

function isDynamic(field: TableExpression['fields'][number]): boolean {
  return field.kind === 'KeyedField' && field.key.kind !== 'String';
}

function knownNumber(values: Values): number | undefined {
  const [only] = values;
  return values.length === 1 && only?.kind === 'number' ? only.value : undefined;
}
