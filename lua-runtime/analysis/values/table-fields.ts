/** The fields of the tables that a policy makes: written inside, added later, found through `__index`. */
import type { Evaluator } from './evaluator.ts';
import { either, NIL, UNKNOWN, mayBeUnknown, type TableValue, type Values } from './value.ts';

/** Chains of `__index` longer than this are no class hierarchy any more. */
const MAX_INDEX_DEPTH = 8;

export class TableFields {
  readonly #evaluator: Evaluator;

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
      if (field.kind === 'NamedField') names.add(field.name);
      else if (field.kind === 'KeyedField' && field.key.kind === 'String')
        names.add(field.key.value);
    }
    for (const [name, writes] of this.#evaluator.writes.byName) {
      if (writes.some(({ file, object }) => this.#isIt(value, file, object))) names.add(name);
    }
    return [...names];
  }

  #own(value: TableValue, name: string): Values {
    const { file, table } = value;
    const inside = table.fields.flatMap((field) => {
      const isIt =
        (field.kind === 'NamedField' && field.name === name) ||
        (field.kind === 'KeyedField' && field.key.kind === 'String' && field.key.value === name);
      return isIt ? [this.#evaluator.valuesOf(file, field.value)] : [];
    });
    const added = (this.#evaluator.writes.byName.get(name) ?? [])
      .filter((write) => this.#isIt(value, write.file, write.object))
      .map((write) => this.#evaluator.assignedValues(write.file, write.assigned));
    return either(...inside, ...added);
  }

  /** Keys that the text does not tell are written to it. */
  #mayBeDynamic(value: TableValue): boolean {
    const inside = value.table.fields.some(
      ({ kind, ...field }) =>
        kind === 'KeyedField' && 'key' in field && !['String', 'Number'].includes(field.key.kind),
    );
    return (
      inside ||
      this.#evaluator.writes.dynamic.some((write) => this.#isIt(value, write.file, write.object))
    );
  }

  #metatablesOf(value: TableValue): Values {
    return either(
      ...this.#evaluator.writes.metatables
        .filter(({ file, table }) => this.#isIt(value, file, table))
        .map(({ file, metatable }) => this.#evaluator.valuesOf(file, metatable)),
    );
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
