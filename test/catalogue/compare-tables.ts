/** Holds the tables of the catalogue and their literals against KumoMTA's source. */
import type {
  Catalogue,
  TableEntry,
} from '../../lua-runtime/analysis/catalogue/catalogue-contract.ts';
import { parseType, type TypeNode } from '../../lua-runtime/analysis/catalogue/type-text.ts';
import type { Checkout } from './checkout.ts';
import { compareNames, type Finding } from './finding.ts';
import { readRecord, type LuaRecordField } from './lua-helpers.ts';
import { defaultOf, writtenDefault } from './rust-defaults.ts';
import { readStruct, readVariants, type RustField } from './rust-structs.ts';
import { rustCode } from './rust-text.ts';
import { ENUM_SOURCES, TABLE_SOURCES, type TableSource } from './table-sources.ts';

const SHAPING_HELPER = 'assets/policy-extras/shaping.lua';

export function compareTables(catalogue: Catalogue, checkout: Checkout): Finding[] {
  const names = catalogue.tables.map(({ name }) => name);
  return [
    ...compareNames('source of table ', 'table-sources.ts', names, Object.keys(TABLE_SOURCES)),
    ...catalogue.tables.flatMap((table) => {
      const source = TABLE_SOURCES[table.name];
      return source === undefined ? [] : compareTable(table, source, checkout);
    }),
    ...compareShapingOptions(catalogue, checkout),
    ...Object.entries(ENUM_SOURCES).flatMap(([owner, { rust, item }]) =>
      compareNames(
        `literal ${owner} `,
        `${rust}, enum ${item}`,
        readVariants(checkout.read(rust), item),
        literalsOf(catalogue, owner),
      ),
    ),
  ];
}

function compareTable(table: TableEntry, source: TableSource, checkout: Checkout): Finding[] {
  if ('none' in source) return [];
  if ('lua' in source) {
    const { fields, dynamic } = readRecord(checkout.read(source.lua), source.record);
    return [
      ...compareFields(table, `${source.lua}, ${source.record}`, fields),
      ...(dynamic === takesMore(table)
        ? []
        : [different(table, `other fields ${dynamic ? 'allowed' : 'denied'} in ${source.lua}`)]),
    ];
  }
  if ('sets' in source) {
    const sets = new RegExp(`\\b${source.sets}\\.set\\(\\s*"([^"]+)"`, 'g');
    const names = [...rustCode(checkout.read(source.rust)).matchAll(sets)];
    return compareNames(
      `field ${table.name}.`,
      source.rust,
      names.map(([, name = '']) => name),
      table.fields.map(({ name }) => name),
    );
  }
  const others = new Map(
    (source.flattened ?? []).map((other) => {
      const [file = '', item = ''] = other.split('#');
      return [item, () => readStruct(checkout.read(file), item).fields] as const;
    }),
  );
  const struct = readStruct(checkout.read(source.rust), source.item, (type) => {
    return others.get(type)?.() ?? [];
  });
  const where = `${source.rust}, ${source.item}`;
  const denied = table.unknownFields === 'denied';
  return [
    ...compareFields(table, where, struct.fields),
    ...compareDefaults(table, where, struct.fields, [
      checkout.read(source.rust),
      ...(source.flattened ?? []).map((other) => checkout.read(other.replace(/#.*/, ''))),
    ]),
    ...(struct.denyUnknown === denied || takesMore(table)
      ? []
      : [different(table, `${where}: unknown fields ${denied ? 'ignored' : 'denied'}`)]),
  ];
}

/** Fields beside its own, which the source hands on to another table. */
function takesMore({ otherFields, includes }: TableEntry): boolean {
  return otherFields !== undefined || includes !== undefined;
}

function compareFields(
  table: TableEntry,
  where: string,
  theirs: readonly LuaRecordField[],
): Finding[] {
  const label = `field ${table.name}.`;
  return [
    ...compareNames(
      label,
      where,
      theirs.map(({ name }) => name),
      table.fields.map(({ name }) => name),
    ),
    ...table.fields.flatMap((field): Finding[] => {
      const same = theirs.find(({ name }) => name === field.name);
      if (same === undefined || same.required === (field.required ?? false)) return [];
      const detail = `${where}: ${same.required ? 'required' : 'optional'}`;
      return [{ kind: 'different', subject: label + field.name, detail }];
    }),
  ];
}

function compareDefaults(
  table: TableEntry,
  where: string,
  theirs: readonly RustField[],
  files: readonly string[],
): Finding[] {
  return table.fields.flatMap((field): Finding[] => {
    const same = theirs.find(({ name }) => name === field.name);
    if (same === undefined) return [];
    const value = files.map((text) => defaultOf(text, same)).find((found) => found !== undefined);
    if (value === undefined) return [];
    const ours =
      field.default === undefined
        ? 'nil'
        : writtenDefault(field.default, field.type === 'duration');
    // An absent Option takes its effective default elsewhere.
    if (value === ours || value === 'nil') return [];
    const detail = `${where}: default ${String(value)}`;
    return [{ kind: 'different', subject: `default of ${table.name}.${field.name}`, detail }];
  });
}

/** The shaping helper checks no record: what it reads of its options are its options. */
function compareShapingOptions({ tables }: Catalogue, checkout: Checkout): Finding[] {
  const reads = checkout.read(SHAPING_HELPER).matchAll(/\b_?options\.(\w+)/g);
  const table = tables.find(({ name }) => name === 'ShapingHelperOptions');
  return compareNames(
    'field ShapingHelperOptions.',
    SHAPING_HELPER,
    [...reads].map(([, name = '']) => name),
    table?.fields.map(({ name }) => name) ?? [],
  );
}

/** The text literals in the type of an alias, or of a field: `QueueConfigParameters.strategy`. */
function literalsOf({ aliases, tables }: Catalogue, owner: string): string[] {
  const [name, field] = owner.split('.');
  const type =
    field === undefined
      ? aliases.find((alias) => alias.name === name)?.type
      : tables.find((table) => table.name === name)?.fields.find((f) => f.name === field)?.type;
  if (type === undefined) throw new Error(`table-sources.ts names ${owner}, which is not there`);
  return literals(parseType(type));
}

function literals(type: TypeNode): string[] {
  if (type.kind === 'literal') return [String(type.value)];
  return type.kind === 'union' ? type.members.flatMap(literals) : [];
}

function different({ name }: TableEntry, detail: string): Finding {
  return { kind: 'different', subject: `table ${name}`, detail };
}
