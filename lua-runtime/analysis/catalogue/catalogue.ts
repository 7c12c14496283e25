/** The catalogue itself, put together from the data files, and ways to find an entry in it. */
import type {
  AliasEntry,
  Catalogue,
  EventEntry,
  FieldEntry,
  FunctionEntry,
  MemberField,
  ModuleEntry,
  ObjectEntry,
  PolicyNamedEvent,
  TableEntry,
} from './catalogue-contract.ts';
import { catalogueParts } from './data/parts.ts';

/** The KumoMTA commit whose documentation and source were read. */
const KUMOMTA = '3ebc1e8585e0e989cfcf50a93c94a803610249e8';

export const catalogue: Catalogue = {
  kumomta: KUMOMTA,
  modules: mergeModules(catalogueParts.flatMap(({ modules = [] }) => modules)),
  objects: catalogueParts.flatMap(({ objects = [] }) => objects),
  tables: catalogueParts.flatMap(({ tables = [] }) => tables),
  aliases: catalogueParts.flatMap(({ aliases = [] }) => aliases),
  events: catalogueParts.flatMap(({ events = [] }) => events),
  policyNamedEvents: catalogueParts.flatMap(({ policyNamedEvents = [] }) => policyNamedEvents),
};

/** What a name such as `kumo.amqp.build_client` leads to. */
export type NamedEntry =
  | { readonly kind: 'module'; readonly module: ModuleEntry }
  | { readonly kind: 'function'; readonly function: FunctionEntry; readonly module: ModuleEntry }
  | { readonly kind: 'field'; readonly field: MemberField; readonly module: ModuleEntry };

const modules = byName(catalogue.modules);
const objects = byName(catalogue.objects);
const tables = byName(withIncluded(catalogue.tables));
const aliases = byName(catalogue.aliases);
const events = byName(catalogue.events);
const named = namesOf(catalogue.modules);
const required = new Map(
  catalogue.modules.flatMap((entry) =>
    entry.require === undefined ? [] : [[entry.require, entry] as const],
  ),
);

/** @param fullName `kumo.on`, `kumo.amqp`, `policy-extras.queue.setup`. */
export function findNamed(fullName: string): NamedEntry | undefined {
  return named.get(fullName);
}

export function findModule(name: string): ModuleEntry | undefined {
  return modules.get(name);
}

/** The module that `require` gives for an argument, when it is one of KumoMTA's. */
export function findRequired(argument: string): ModuleEntry | undefined {
  return required.get(argument);
}

/** Sub-modules directly below a module: `kumo.amqp` of `kumo`. */
export function subModules(module: string): readonly ModuleEntry[] {
  return catalogue.modules.filter(
    ({ name }) => name.startsWith(`${module}.`) && !name.includes('.', module.length + 1),
  );
}

/** A table that only holds modules: `kumo.api`, `kumo.api.admin`. */
export function namespaceOf(name: string): ModuleEntry | undefined {
  const holds = !modules.has(name) && catalogue.modules.some((m) => m.name.startsWith(`${name}.`));
  return holds ? { name, summary: '', functions: [], fields: [] } : undefined;
}

export function findObject(name: string): ObjectEntry | undefined {
  return objects.get(name);
}

export function findMethod(object: string, method: string): FunctionEntry | undefined {
  return objects.get(object)?.methods.find(({ name }) => name === method);
}

/** A field of an object: its own, or one of the table that it can be read as. */
export function findObjectField(object: string, field: string): FieldEntry | undefined {
  const entry = objects.get(object);
  const own = entry?.fields.find(({ name }) => name === field);
  if (own !== undefined || entry?.readsAs === undefined) return own;
  return findField(entry.readsAs, field);
}

export function findTable(name: string): TableEntry | undefined {
  return tables.get(name);
}

export function findField(table: string, field: string): FieldEntry | undefined {
  return tables.get(table)?.fields.find(({ name }) => name === field);
}

export function findAlias(name: string): AliasEntry | undefined {
  return aliases.get(name);
}

/** An event of kumod, tsa-daemon or proxy-server by its name. */
export function findEvent(name: string): EventEntry | undefined {
  return events.get(name);
}

/** The events that the field of a table names: `CustomLuaProtocol.constructor`. */
export function findPolicyNamedEvent(namedBy: string): PolicyNamedEvent | undefined {
  return catalogue.policyNamedEvents.find((event) => event.namedBy === namedBy);
}

/** Each table with the fields that it includes behind its own. */
function withIncluded(entries: readonly TableEntry[]): TableEntry[] {
  const plain = byName(entries);
  return entries.map((entry) => {
    const included = entry.includes === undefined ? undefined : plain.get(entry.includes);
    if (included === undefined) return entry;
    const own = new Set(entry.fields.map(({ name }) => name));
    const more = included.fields.flatMap(({ required: _, ...field }) =>
      own.has(field.name) ? [] : [field],
    );
    return { ...entry, fields: [...entry.fields, ...more] };
  });
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function namesOf(entries: readonly ModuleEntry[]): Map<string, NamedEntry> {
  const result = new Map<string, NamedEntry>();
  for (const module of entries) {
    result.set(module.name, { kind: 'module', module });
    for (const field of module.fields) {
      result.set(`${module.name}.${field.name}`, { kind: 'field', field, module });
    }
    for (const fn of [...module.functions, ...(module.methods ?? [])]) {
      result.set(`${module.name}.${fn.name}`, { kind: 'function', function: fn, module });
    }
  }
  return result;
}

/** Data files add to a module under its name; the first tells what it is. */
function mergeModules(parts: readonly ModuleEntry[]): ModuleEntry[] {
  const result = new Map<string, ModuleEntry>();
  for (const part of parts) {
    const first = result.get(part.name);
    result.set(
      part.name,
      first === undefined
        ? part
        : {
            ...first,
            functions: [...first.functions, ...part.functions],
            fields: [...first.fields, ...part.fields],
          },
    );
  }
  return [...result.values()];
}
