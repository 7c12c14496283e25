/** The fields of the tables that a policy makes: written inside, added later, found through `__index`. */
import { fieldName } from '../syntax/field-names.ts';
import type { Expression, TableExpression } from '../syntax/syntax-tree.ts';
import type { Evaluator } from './evaluator.ts';
import type { MemberWrite, MetatableCall } from './member-writes.ts';
import type { SourceFile } from './source-file.ts';
import { either, NIL, UNKNOWN, mayBeUnknown, type TableValue, type Values } from './value.ts';

/** Chains of `__index` longer than this are no class hierarchy any more. */
const MAX_INDEX_DEPTH = 8;

/** Entries by the table that they are about. */
type ByTable<T> = ReadonlyMap<TableExpression, readonly T[]>;

export class TableFields {
  readonly #evaluator: Evaluator;
  readonly #writes = new Map<string, ByTable<MemberWrite> | 'pending'>();
  #dynamic: ByTable<MemberWrite> | 'pending' | undefined;
  #metatables: ByTable<MetatableCall> | 'pending' | undefined;

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  /** What `table.name` can be; nil among it where it may be absent, unknown where the text does not tell. */
  field(value: TableValue, name: string, depth = 0): Values {
    const own = this.#own(value, name);
    if (own.length > 0) return this.#mayBeDynamic(value) ? either(own, UNKNOWN) : own;
    const metatables = this.#metatablesOf(value);
    if (this.#mayBeDynamic(value)) return UNKNOWN;
    if (metatables.length === 0) return NIL;
    if (depth >= MAX_INDEX_DEPTH || mayBeUnknown(metatables)) return UNKNOWN;
    return either(
      ...metatables.map((metatable) => {
        if (metatable.kind !== 'table') return NIL;
        const index = this.field(metatable, '__index', depth + 1);
        return either(
          ...index.map((each) => {
            if (each.kind === 'table') return this.field(each, name, depth + 1);
            return each.kind === 'nil' ? NIL : UNKNOWN;
          }),
        );
      }),
    );
  }

  /** The names that the text gives to fields of the table. */
  names(value: TableValue): readonly string[] {
    const names = new Set<string>();
    for (const field of value.table.fields) {
      const name = fieldName(field);
      if (name !== undefined) names.add(name);
    }
    for (const name of this.#evaluator.writes.byName.keys()) {
      if (this.#writesTo(value, name).length > 0) names.add(name);
    }
    return [...names];
  }

  #own(value: TableValue, name: string): Values {
    const { file, table } = value;
    const inside = table.fields
      .filter((field) => fieldName(field) === name)
      .map((field) => this.#evaluator.valuesOf(file, field.value));
    const added = this.#writesTo(value, name).map((write) =>
      this.#evaluator.assignedValues(write.file, write.assigned),
    );
    return either(...inside, ...added);
  }

  /** Keys that the text does not tell are written to it. */
  #mayBeDynamic(value: TableValue): boolean {
    const inside = value.table.fields.some(
      ({ kind, ...field }) =>
        kind === 'KeyedField' && 'key' in field && !['String', 'Number'].includes(field.key.kind),
    );
    if (inside) return true;
    const all = this.#evaluator.writes.dynamic;
    if (all.length === 0) return false;
    if (this.#dynamic === 'pending') {
      return all.some((write) => this.#isIt(value, write.file, write.object));
    }
    if (this.#dynamic === undefined) {
      this.#dynamic = 'pending';
      this.#dynamic = this.#group(all, (write) => write.object);
    }
    return this.#dynamic.has(value.table);
  }

  /** What is assigned to a field from outside of the table. */
  #writesTo(value: TableValue, name: string): readonly MemberWrite[] {
    const all = this.#evaluator.writes.byName.get(name) ?? [];
    let groups = this.#writes.get(name);
    // Asked for while the objects of these writes are being found out.
    if (groups === 'pending') {
      return all.filter((write) => this.#isIt(value, write.file, write.object));
    }
    if (groups === undefined) {
      this.#writes.set(name, 'pending');
      groups = this.#group(all, (write) => write.object);
      this.#writes.set(name, groups);
    }
    return groups.get(value.table) ?? [];
  }

  #group<T extends { readonly file: SourceFile }>(
    entries: readonly T[],
    objectOf: (entry: T) => Expression,
  ): ByTable<T> {
    const groups = new Map<TableExpression, T[]>();
    for (const entry of entries) {
      for (const value of this.#evaluator.valuesOf(entry.file, objectOf(entry))) {
        if (value.kind !== 'table') continue;
        const group = groups.get(value.table);
        if (group === undefined) groups.set(value.table, [entry]);
        else group.push(entry);
      }
    }
    return groups;
  }

  #metatablesOf(value: TableValue): Values {
    return either(
      ...this.#metatableCalls(value).map(({ file, metatable }) =>
        this.#evaluator.valuesOf(file, metatable),
      ),
    );
  }

  #metatableCalls(value: TableValue): readonly MetatableCall[] {
    const all = this.#evaluator.writes.metatables;
    if (this.#metatables === 'pending') {
      return all.filter(({ file, table }) => this.#isIt(value, file, table));
    }
    if (this.#metatables === undefined) {
      this.#metatables = 'pending';
      this.#metatables = this.#group(all, ({ table }) => table);
    }
    return this.#metatables.get(value.table) ?? [];
  }

  #isIt(
    value: TableValue,
    file: TableValue['file'],
    object: Parameters<Evaluator['valuesOf']>[1],
  ): boolean {
    return this.#evaluator
      .valuesOf(file, object)
      .some((each) => each.kind === 'table' && each.table === value.table);
  }
}
