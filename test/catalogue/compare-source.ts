/** Holds the functions, objects and events of the catalogue against KumoMTA's source. */
import type {
  Catalogue,
  EventEntry,
  ObjectEntry,
} from '../../lua-runtime/analysis/catalogue/catalogue-contract.ts';
import type { Checkout } from './checkout.ts';
import { compareNames, type Finding } from './finding.ts';
import { readHelper } from './lua-helpers.ts';
import { HIDDEN_TYPES, LUA_OBJECTS, OBJECT_SOURCES } from './object-sources.ts';
import {
  readEvents,
  readRegistrations,
  readUserData,
  type RustEvent,
  type RustUserData,
} from './rust-lua-api.ts';

const HELPERS = 'assets/policy-extras';

export function compareSource(catalogue: Catalogue, checkout: Checkout): Finding[] {
  const files = checkout
    .list('crates', '.rs')
    .filter((file) => file.includes('/src/') && !file.includes('/integration-tests/'));
  return [
    ...compareFunctions(catalogue, checkout, files),
    ...compareObjects(catalogue, checkout, files),
    ...compareEvents(catalogue, checkout, files),
    ...compareHelpers(catalogue, checkout),
  ];
}

function compareFunctions(
  { modules }: Catalogue,
  checkout: Checkout,
  files: readonly string[],
): Finding[] {
  const read = files.map((file) => ({ file, ...readRegistrations(checkout.read(file)) }));
  const ours = modules
    .filter(({ name }) => !name.startsWith('policy-extras.'))
    .flatMap(({ name, functions, fields }) =>
      [...functions, ...fields].map((entry) => `${name}.${entry.name}`),
    );
  return [
    ...compareNames(
      'function ',
      'registered in crates/',
      read.flatMap(({ functions }) => functions),
      ours,
    ),
    ...read.flatMap(({ file, unread }) =>
      unread.map((code): Finding => {
        return { kind: 'missing', subject: `registration in ${file}`, detail: code };
      }),
    ),
  ];
}

function compareObjects(
  { objects }: Catalogue,
  checkout: Checkout,
  files: readonly string[],
): Finding[] {
  const known = new Set(Object.values(OBJECT_SOURCES).map(({ file, type }) => `${file}#${type}`));
  const inRust = files.flatMap((file) =>
    readUserData(checkout.read(file)).map((data) => ({ file, data })),
  );
  return [
    ...inRust
      .filter(({ file, data }) => !known.has(`${file}#${data.type}`))
      .filter(({ data }) => !HIDDEN_TYPES.includes(data.type))
      .map(({ file, data }): Finding => {
        return { kind: 'missing', subject: `object of Rust type ${data.type}`, detail: file };
      }),
    ...objects
      .filter(({ name }) => !LUA_OBJECTS.includes(name))
      .flatMap((object) => {
        const source = OBJECT_SOURCES[object.name];
        const found = inRust.find(
          ({ file, data }) => file === source?.file && data.type === source.type,
        );
        if (found !== undefined) return compareMembers(object, found.file, found.data);
        const detail = source === undefined ? 'no source in object-sources.ts' : source.file;
        return [{ kind: 'invented', subject: `object ${object.name}`, detail } as const];
      }),
  ];
}

function compareMembers(object: ObjectEntry, file: string, data: RustUserData): Finding[] {
  const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);
  const writable = object.fields.filter((field) => field.writable);
  return [
    ...compareNames(`method ${object.name}:`, file, data.methods, names(object.methods)),
    ...compareNames(`field ${object.name}.`, file, data.fields, names(object.fields)),
    ...compareNames(`assignable ${object.name}.`, file, data.writable, names(writable)),
    ...compareNames(`metamethod ${object.name} `, file, data.meta, metamethodsOf(object)),
  ];
}

/** mlua's names of the metamethods that an object's operators and indexing need. */
function metamethodsOf({ operators = [], indexed, readsAs }: ObjectEntry): string[] {
  const names = operators.map(({ operator }) =>
    operator === 'tostring' ? 'ToString' : operator.replace(/^./, (c) => c.toUpperCase()),
  );
  if (indexed !== undefined || readsAs !== undefined) names.push('Index');
  if (indexed?.writable === true) names.push('NewIndex');
  return names;
}

function compareEvents(
  { events }: Catalogue,
  checkout: Checkout,
  files: readonly string[],
): Finding[] {
  const fired = new Map<string, RustEvent>();
  for (const event of files.flatMap((file) => readEvents(checkout.read(file)))) {
    if (event.arity !== undefined || !fired.has(event.name)) fired.set(event.name, event);
  }
  const names = events.map(({ name }) => name);
  return [
    ...compareNames('event ', 'fired in crates/', fired.keys(), names),
    ...events.flatMap((event) => {
      const theirs = fired.get(event.name);
      return theirs === undefined ? [] : compareEvent(event, theirs);
    }),
  ];
}

function compareEvent({ name, multi, parameters }: EventEntry, theirs: RustEvent): Finding[] {
  const subject = `event ${name}`;
  const findings: Finding[] = [];
  if (theirs.multi !== multi) {
    const detail = `declared for ${theirs.multi ? 'several handlers' : 'one handler'}`;
    findings.push({ kind: 'different', subject, detail });
  }
  if (theirs.arity !== undefined && theirs.arity !== parameters.length) {
    const detail = `${theirs.arity} arguments, not ${parameters.length}`;
    findings.push({ kind: 'different', subject, detail });
  }
  return findings;
}

function compareHelpers({ modules }: Catalogue, checkout: Checkout): Finding[] {
  const files = checkout.list(HELPERS, '.lua');
  const nameOf = (file: string) => `policy-extras.${file.slice(HELPERS.length + 1, -4)}`;
  const ours = modules.filter(({ name }) => name.startsWith('policy-extras.'));
  return [
    ...compareNames(
      'module ',
      HELPERS,
      files.map(nameOf),
      ours.map(({ name }) => name),
    ),
    ...files.flatMap((file) => {
      const module = ours.find(({ name }) => name === nameOf(file));
      if (module === undefined) return [];
      const helper = readHelper(checkout.read(file));
      const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);
      return [
        ...compareNames(
          `method ${module.name}:`,
          file,
          helper.methods,
          names(module.methods ?? []),
        ),
        ...compareNames(
          `function ${module.name}.`,
          file,
          [...helper.functions, ...helper.fields],
          [...names(module.functions), ...names(module.fields)],
        ),
      ];
    }),
  ];
}
