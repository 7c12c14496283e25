import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  catalogue,
  findAlias,
  findEvent,
  findField,
  findMethod,
  findModule,
  findNamed,
  findObject,
  findObjectField,
  findPolicyNamedEvent,
  findRequired,
  findTable,
  subModules,
} from '../../../../lua-runtime/analysis/catalogue/catalogue.ts';
import type { FunctionEntry } from '../../../../lua-runtime/analysis/catalogue/catalogue-contract.ts';
import { namesInType, parseType } from '../../../../lua-runtime/analysis/catalogue/type-text.ts';
import { MULTI_EVENTS, SINGLE_EVENTS } from '../../../../lua-runtime/kumo/events.ts';
import type { UserdataDefinition } from '../../../../lua-runtime/kumo/userdata-type.ts';
import type * as userdataType from '../../../../lua-runtime/kumo/userdata-type.ts';
import { OBJECT_SOURCES } from '../../../catalogue/object-sources.ts';
import { KumoFixture } from '../../kumo/kumo-fixture.ts';

/** The userdata types that the runtime defines, as it defines them. */
const installedObjects = new Map<string, UserdataDefinition<object>>();

vi.mock('../../../../lua-runtime/kumo/userdata-type.ts', async (importOriginal) => {
  const original = await importOriginal<typeof userdataType>();
  return {
    ...original,
    defineUserdata: (
      vm: Parameters<typeof original.defineUserdata>[0],
      definition: UserdataDefinition<object>,
    ) => {
      installedObjects.set(definition.name, definition);
      original.defineUserdata(vm, definition);
    },
  };
});

/** Full names of the functions and other values in the kumo that the runtime installs. */
let installed: { readonly functions: string[]; readonly values: string[] };
let queueConfigFields: string[];

beforeAll(() => {
  const fixture = new KumoFixture('lua54');
  const named = fixture.results(`
    local names = {}
    local function walk(prefix, module)
      for name, value in pairs(module) do
        local full = prefix .. '.' .. name
        if type(value) == 'table' then walk(full, value)
        else names[#names + 1] = type(value) .. ' ' .. full end
      end
    end
    walk('kumo', kumo)
    return table.unpack(names)
  `);
  const ofKind = (isFunction: boolean) =>
    named
      .map((text) => text.split(' '))
      .filter(([kind]) => (kind === 'function') === isFunction)
      .map(([, name = '']) => name)
      .sort();
  installed = { functions: ofKind(true), values: ofKind(false) };
  queueConfigFields = fixture.results(`
    local names = {}
    for name in pairs(kumo.make_queue_config {}) do names[#names + 1] = name end
    return table.unpack(names)
  `);
});

const works = ({ here }: { readonly here: string }) => here !== 'refused';

describe('against the runtime', () => {
  it('has every function of kumo that runs, and says so of no other', () => {
    const said = catalogue.modules.flatMap(({ name, functions }) =>
      functions.filter(works).map((entry) => `${name}.${entry.name}`),
    );
    expect(installed.functions.length).toBeGreaterThan(10);
    expect(said.sort()).toEqual(installed.functions);
  });

  it('has every other value of kumo, and says so of no other', () => {
    const said = catalogue.modules.flatMap(({ name, fields }) =>
      fields.filter(works).map((entry) => `${name}.${entry.name}`),
    );
    expect(said.sort()).toEqual(installed.values);
  });

  it('has every member of the objects that run, and says so of no other', () => {
    expect(installedObjects.size).toBeGreaterThan(4);
    const namesOf = (record: object = {}) => Object.keys(record);
    for (const { name, methods, fields } of catalogue.objects) {
      const definition = installedObjects.get(OBJECT_SOURCES[name]?.type ?? '');
      // The connection of custom_lua is a table of the policy: the runtime calls it.
      if (name === 'CustomLuaConnection') continue;
      expect([
        name,
        methods
          .filter(works)
          .map((entry) => entry.name)
          .sort(),
      ]).toEqual([
        name,
        [...namesOf(definition?.methods), ...namesOf(definition?.asyncMethods)].sort(),
      ]);
      expect([
        name,
        fields
          .filter(works)
          .map((entry) => entry.name)
          .sort(),
      ]).toEqual([name, namesOf(definition?.fields).sort()]);
    }
    const known = new Set(catalogue.objects.map(({ name }) => OBJECT_SOURCES[name]?.type));
    expect([...installedObjects.keys()].filter((type) => !known.has(type))).toEqual([]);
  });

  it('has the events that the runtime knows', () => {
    const events = (multi: boolean) =>
      catalogue.events.filter((event) => event.multi === multi).map(({ name }) => name);
    expect(events(true).sort()).toEqual([...MULTI_EVENTS].sort());
    expect(events(false).sort()).toEqual([...SINGLE_EVENTS].sort());
  });

  it('has the fields of queue configurations', () => {
    const fields = findTable('QueueConfigParameters')?.fields.map(({ name }) => name);
    expect(fields?.sort()).toEqual(queueConfigFields.sort());
  });
});

describe('in itself', () => {
  const types = [...catalogue.objects, ...catalogue.tables, ...catalogue.aliases];
  const known = new Set(types.map(({ name }) => name));
  const functions: readonly (readonly [string, Omit<FunctionEntry, 'here'>])[] = [
    ...catalogue.modules.flatMap(({ name, functions: entries, methods = [] }) =>
      [...entries, ...methods].map((entry) => [`${name}.${entry.name}`, entry] as const),
    ),
    ...catalogue.objects.flatMap(({ name, methods }) =>
      methods.map((entry) => [`${name}:${entry.name}`, entry] as const),
    ),
    ...[...catalogue.events, ...catalogue.policyNamedEvents].map(
      (entry) => [`event ${entry.name}`, entry] as const,
    ),
  ];
  const fields = [...catalogue.modules, ...catalogue.objects, ...catalogue.tables].flatMap(
    ({ name, fields: entries }) =>
      entries.map((entry) => [`${name}.${entry.name}`, entry] as const),
  );

  it('writes types that parse and name what exists', () => {
    const unknown = [
      ...functions.flatMap(([name, { parameters, returns, variadic }]) =>
        [
          ...parameters.map(({ type }) => type),
          ...returns,
          ...(variadic === undefined ? [] : [variadic]),
        ].map((type) => [name, type] as const),
      ),
      ...fields.map(([name, { type }]) => [name, type] as const),
      ...catalogue.aliases.map(({ name, type }) => [name, type] as const),
      ...catalogue.objects.flatMap(({ name, indexed, readsAs, operators = [] }) =>
        [indexed?.key, indexed?.value, readsAs, ...operators.flatMap((o) => [o.operand, o.result])]
          .filter((type) => type !== undefined)
          .map((type) => [name, type] as const),
      ),
    ].flatMap(([name, type]) =>
      namesInType(parseType(type))
        .filter((used) => !known.has(used))
        .map((used) => `${name}: ${used}`),
    );
    expect(unknown).toEqual([]);
  });

  it('gives each name once', () => {
    const twice = (names: readonly string[]) =>
      names.filter((name, at) => names.indexOf(name) !== at);
    expect(twice(types.map(({ name }) => name))).toEqual([]);
    expect(twice(catalogue.modules.map(({ name }) => name))).toEqual([]);
    expect(twice([...functions, ...fields].map(([name]) => name))).toEqual([]);
    expect(
      twice(
        functions.flatMap(([name, { parameters }]) => parameters.map((p) => `${name} ${p.name}`)),
      ),
    ).toEqual([]);
  });

  it('uses every table and object somewhere', () => {
    const used = new Set(
      JSON.stringify(catalogue, (key, value: unknown) =>
        key === 'name' ? undefined : value,
      ).match(/[A-Z]\w+/g),
    );
    // Whole files, which no type leads to.
    const files = ['AclFileRule', 'QueueHelperData', 'ShapingData'];
    const unused = [...catalogue.tables, ...catalogue.objects].map(({ name }) => name);
    expect(unused.filter((name) => !used.has(name)).sort()).toEqual(files);
  });

  it('describes everything in whole sentences', () => {
    const all = [
      ...catalogue.modules,
      ...types,
      ...functions.map(([, entry]) => entry),
      ...fields.map(([, entry]) => entry),
    ];
    expect(all.filter(({ summary }) => !/^["'`A-Z\d].*[.:!…]$|\.$/s.test(summary))).toEqual([]);
    expect(all.filter(({ undocumented, page }) => undocumented && page !== undefined)).toEqual([]);
  });

  it('replaces what is deprecated by what exists', () => {
    for (const [, { deprecated }] of functions) {
      if (deprecated?.use !== undefined) expect(findNamed(deprecated.use)?.kind).toBe('function');
    }
  });

  it('names policy-named events by fields that exist', () => {
    for (const { namedBy } of catalogue.policyNamedEvents) {
      const [table = '', field = ''] = namedBy.split('.');
      expect(findField(table, field)?.type).toBe('string');
    }
  });
});

describe('look-ups', () => {
  it('find entries by their names', () => {
    const found = findNamed('kumo.amqp.build_client');
    expect(found?.kind === 'function' && found.function.deprecated?.use).toBe(
      'kumo.amqp.basic_publish',
    );
    expect(findNamed('kumo.version')?.kind).toBe('field');
    expect(findNamed('kumo.api.inject')?.kind).toBe('module');
    expect(findNamed('kumo.amqp.buid_client')).toBeUndefined();
    expect(findModule('kumo.amqp')?.functions.length).toBe(2);
    expect(findRequired('policy-extras.queue')?.name).toBe('policy-extras.queue');
    expect(findRequired('kumo.amqp')).toBeUndefined();
    expect(findMethod('Message', 'get_meta')?.returns).toEqual(['any']);
    expect(findObject('Throttle')?.methods.map(({ name }) => name)).toContain('throttle');
    expect(findField('EgressPathParameters', 'max_ready')?.default).toBe('1024');
    expect(findObjectField('QueueConfig', 'retry_interval')?.default).toBe('20m');
    expect(findObjectField('EnvelopeAddress', 'domain')?.type).toBe('string');
    expect(findAlias('duration')?.type).toBe('string|number');
    expect(findEvent('get_queue_config')?.multi).toBe(true);
    expect(findPolicyNamedEvent('CustomLuaProtocol.constructor')?.mustReturn).toBe(true);
  });

  it('find the modules directly below one', () => {
    const below = subModules('kumo').map(({ name }) => name);
    expect(below).toContain('kumo.amqp');
    expect(below).not.toContain('kumo.api.inject');
  });
});
