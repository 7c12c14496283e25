/** The comparison with KumoMTA finds what is planted: a small checkout and a small catalogue. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../lua-runtime/analysis/catalogue/catalogue-contract.ts';
import {
  eventsUnder,
  functionsUnder,
  module,
  table,
} from '../../lua-runtime/analysis/catalogue/describe.ts';
import { KUMOMTA_RELEASES } from '../../lua-runtime/analysis/catalogue/releases.ts';
import { Checkout } from './checkout.ts';
import { compareDocs } from './compare-docs.ts';
import { compareSource } from './compare-source.ts';
import { withoutExceptions, type Finding } from './finding.ts';
import { readHelper, readRecord } from './lua-helpers.ts';
import { defaultOf, writtenDefault } from './rust-defaults.ts';
import { readEvents, readRegistrations, readUserData } from './rust-lua-api.ts';
import { readStruct, readVariants } from './rust-structs.ts';

let folder: string;
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
};
const said = (findings: readonly Finding[]) =>
  findings.map(({ kind, subject }) => `${kind} ${subject}`).sort();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kumomta-'));
  for (const { name } of KUMOMTA_RELEASES) write(`docs/changelog/${name}.md`, '');
  write('docs/changelog/main.md', '');
  write('docs/reference/kumo/_index.md', '# kumo\n');
  write(
    'docs/reference/kumo/spin.md',
    "# spin\n\n{{since('2024.09.02-c5476b89')}}\n\nTurns.\n\n* `speed` - how fast\n* `axis` - which\n",
  );
  write(
    'crates/kumod/src/spin.rs',
    `let kumo_mod = get_or_create_module(lua, "kumo")?;
     kumo_mod.set("spin", lua.create_function(|_, ()| Ok(()))?)?;
     declare_event! { static SPUN: Multiple("spun", message: Message, turns: usize) -> (); }`,
  );
  write('assets/policy-extras/top.lua', 'local mod = {}\nfunction mod:setup() end\nreturn mod\n');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const page = 'reference/kumo/spin.md';
const fn = functionsUnder('reference/kumo');
const event = eventsUnder('reference/events');

function catalogueOf(parts: Partial<Catalogue> = {}): Catalogue {
  return {
    kumomta: 'test',
    modules: [
      module('kumo', 'K.', {
        page: 'reference/kumo/_index.md',
        functions: [fn('spin', '(params: SpinParameters)', 'Turns.', { since: '2024.09.02' })],
      }),
      module('policy-extras.top', 'T.', {
        undocumented: true,
        methods: [functionsUnder(undefined)('setup', '()', 'Sets up.', { undocumented: true })],
      }),
    ],
    objects: [],
    aliases: [],
    tables: [
      table(
        'SpinParameters',
        'S.',
        [
          { name: 'speed', summary: 'How fast.', type: 'integer' },
          { name: 'axis', summary: 'Which.', type: 'string' },
        ],
        { page },
      ),
    ],
    events: [
      event('spun', '(message: Message, turns: integer)', 'It turned.', {
        multi: true,
        undocumented: true,
        onError: 'Logged.',
      }),
    ],
    policyNamedEvents: [],
    ...parts,
  };
}

describe('documentation', () => {
  const compared = (catalogue: Catalogue) => said(compareDocs(catalogue, new Checkout(folder)));

  it('agrees with a catalogue that says the same', () => {
    expect(compared(catalogueOf())).toEqual([]);
  });

  it('finds pages, names and versions that differ', () => {
    write('docs/reference/kumo/stop.md', '# stop\n');
    write('docs/changelog/2030.01.01-00000000.md', '');
    const wrong = catalogueOf({
      modules: [
        module('kumo', 'K.', {
          page: 'reference/kumo/_index.md',
          functions: [
            fn('spin', '()', 'Turns.', { deprecated: {} }),
            fn('float', '()', 'Floats.', { since: '2024.09.03' }),
          ],
        }),
      ],
      tables: [
        table('SpinParameters', 'S.', [{ name: 'weight', summary: 'W.', type: 'integer' }], {
          page,
        }),
      ],
    });
    expect(compared(wrong)).toEqual(
      [
        'different function kumo.float',
        'different function kumo.spin',
        'different function kumo.spin',
        'invented field SpinParameters.weight',
        'invented page reference/kumo/float.md',
        'missing item axis of reference/kumo/spin.md',
        'missing item speed of reference/kumo/spin.md',
        'missing page reference/kumo/stop.md',
        'missing release 2030.01.01-00000000',
      ].sort(),
    );
  });
});

describe('source', () => {
  const compared = (catalogue: Catalogue) => said(compareSource(catalogue, new Checkout(folder)));

  it('agrees with a catalogue that says the same', () => {
    expect(compared(catalogueOf())).toEqual([]);
  });

  it('finds functions, objects, events and helpers that differ', () => {
    write(
      'crates/mod-odd/src/lib.rs',
      `let odd_mod = get_or_create_sub_module(lua, "odd")?;
       odd_mod.set("one", f)?; odd_mod.set(name_of(x), f)?;
       impl UserData for Odd { fn add_methods(m: M) { methods.add_method("x", f); } }`,
    );
    write('assets/policy-extras/top.lua', 'local mod = {}\nfunction mod.turn() end\nreturn mod\n');
    const wrong = catalogueOf({
      events: [event('spun', '(message: Message)', 'It turned.', { onError: 'Logged.' })],
    });
    expect(compared(wrong)).toEqual(
      [
        'different event spun',
        'different event spun',
        'invented method policy-extras.top:setup',
        'missing function kumo.odd.one',
        'missing function policy-extras.top.turn',
        'missing object of Rust type Odd',
        'missing registration in crates/mod-odd/src/lib.rs',
      ].sort(),
    );
  });
});

it('takes exceptions, and reports those that explain nothing', () => {
  const finding: Finding = { kind: 'missing', subject: 'page a', detail: '' };
  const why = 'because';
  expect(withoutExceptions([finding], [{ ...finding, why }])).toEqual([]);
  expect(said(withoutExceptions([finding], [{ kind: 'missing', subject: 'page b', why }]))).toEqual(
    ['different page b', 'missing page a'],
  );
});

describe('Rust', () => {
  const struct = `
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Spin { // a comment with } in it
        pub axis: String,
        #[serde(default = "Spin::default_speed")] pub speed: usize,
        #[serde(rename = "end", default, with = "duration_serde")] stop: Option<Duration>,
        #[serde(with = "duration_serde")] pause: Option<Duration>,
        #[serde(skip)] inner: usize,
        #[serde(flatten)] pub base: Base,
    }
    impl Spin { fn default_speed() -> usize { 8 * 1024 } }
    #[serde(rename_all = "snake_case")]
    pub enum Axis { #[default] UpDown, #[serde(rename = "w")] Wide, Free { by: String } }
    #[cfg(test)]
    mod test { struct Hidden { a: usize } }`;

  it('reads structs as serde does', () => {
    const { fields, denyUnknown } = readStruct(struct, 'Spin', (type) => [
      { name: type, required: false, type },
    ]);
    expect(denyUnknown).toBe(true);
    expect(fields.map(({ name, required }) => [name, required])).toEqual([
      ['axis', true],
      ['speed', false],
      ['end', false],
      ['pause', true],
      ['Base', false],
    ]);
    expect(defaultOf(struct, fields[1]!)).toBe(8192);
    expect(defaultOf(struct, fields[0]!)).toBeUndefined();
    expect(readStruct(struct, 'Axis::Free').fields.map(({ name }) => name)).toEqual(['by']);
    expect(readVariants(struct, 'Axis')).toEqual(['up_down', 'w', 'free']);
    expect(() => readStruct(struct, 'Hidden')).toThrow('no struct Hidden');
  });

  it('reads the defaults of the catalogue in the same units', () => {
    expect(writtenDefault('1h', true)).toBe(3600);
    expect(writtenDefault('7days', true)).toBe(604800);
    expect(writtenDefault('1024', false)).toBe(1024);
    expect(writtenDefault('nil', true)).toBe('nil');
  });

  it('reads registrations by macro and by loop', () => {
    const code = `
      let digest_mod = get_or_create_sub_module(lua, "digest")?;
      macro_rules! hmac { ($func_name:literal) => {
        digest_mod.set(concat!("hmac_", $func_name), f)?; }; }
      hmac!("sha1"); hmac!("sha256");
      for (name, enc) in [("hex", HEX), ("base64", B)] {
        digest_mod.set(format!("{name}_encode"), f)?;
      }`;
    expect(readRegistrations(code)).toEqual({
      functions: [
        'kumo.digest.hmac_sha1',
        'kumo.digest.hmac_sha256',
        'kumo.digest.hex_encode',
        'kumo.digest.base64_encode',
      ],
      unread: [],
    });
  });

  it('reads objects and events', () => {
    const code = `
      impl LuaUserData for Top {
        fn add_fields(f: F) { fields.add_field_method_get("axis", g);
          fields.add_field_method_set("axis", s); }
        fn add_methods(m: M) { methods.add_async_method_mut("spin", f);
          methods.add_meta_method(MetaMethod::ToString, t); }
      }
      let sig = CallbackSignature::<(String, Option<String>), ()>::new("spun");
      self.call_callback::<(), _, _>("stopped", x).await?;`;
    expect(readUserData(code)).toEqual([
      { type: 'Top', methods: ['spin'], fields: ['axis'], writable: ['axis'], meta: ['ToString'] },
    ]);
    expect(readEvents(code)).toEqual([
      { name: 'spun', multi: false, arity: 2 },
      { name: 'stopped', multi: false },
    ]);
  });
});

it('reads helpers and the records of their options', () => {
  const source = [
    "local R = Record('Top', {",
    '  _dynamic = check,',
    '  name = String,',
    "  axis = Option(Record('Axis', {",
    '    deep = String,',
    '  })),',
    '})',
    'function mod:setup(x) end',
    'function mod.turn() end',
    'mod.kind = 1',
    'mod.CONFIGURED = {}',
  ].join('\n');
  expect(readRecord(source, 'Top')).toEqual({
    fields: [
      { name: 'name', required: true },
      { name: 'axis', required: false },
    ],
    dynamic: true,
  });
  expect(readHelper(source)).toEqual({ methods: ['setup'], functions: ['turn'], fields: ['kind'] });
});
