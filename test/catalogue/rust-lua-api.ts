/** What KumoMTA's Rust gives to Lua: functions of modules, members of objects, events. */
import { bracketed, rustCode, splitAtCommas } from './rust-text.ts';

export interface Registrations {
  /** Full names: `kumo.amqp.build_client`. */
  readonly functions: readonly string[];
  /** `set(…)` calls on a module whose name could not be read. */
  readonly unread: readonly string[];
}

const MODULE = /let (\w+) = (?:config::)?get_or_create_(sub_)?module\(\s*lua,\s*"([^"]+)"\s*\)/g;

/** The functions that a file registers in Lua modules. */
export function readRegistrations(text: string): Registrations {
  const code = rustCode(text);
  const functions: string[] = [];
  const unread: string[] = [];
  for (const [, variable = '', sub, name = ''] of code.matchAll(MODULE)) {
    const module = sub === undefined ? name : `kumo.${name}`;
    for (const call of code.matchAll(new RegExp(`\\b${variable}\\s*\\.set\\(\\s*`, 'g'))) {
      const names = namesOfSet(code, call.index, call.index + call[0].length);
      if (names.length === 0) unread.push(code.slice(call.index, call.index + 60));
      functions.push(...names.map((fn) => `${module}.${fn}`));
    }
  }
  return { functions, unread };
}

/** The names that one `set(` stands for: one, or several by a macro or a loop around it. */
function namesOfSet(code: string, call: number, argument: number): string[] {
  const rest = code.slice(argument);
  const literal = /^"([^"]+)"/.exec(rest)?.[1];
  if (literal !== undefined) return [literal];
  const byMacro = /^(?:concat!\("([^"]*)",\s*)?\$func_name/.exec(rest);
  if (byMacro !== null) {
    const macro = [...code.slice(0, call).matchAll(/macro_rules! (\w+)/g)].at(-1)?.[1] ?? '';
    return [...code.matchAll(new RegExp(`\\b${macro}!\\(\\s*"([^"]+)"`, 'g'))].map(
      ([, name = '']) => (byMacro[1] ?? '') + name,
    );
  }
  const suffix = /^format!\("\{name\}([^"]*)"\)/.exec(rest)?.[1];
  const loop = code.lastIndexOf('for (name,', call);
  if (suffix === undefined || loop < 0) return [];
  return splitAtCommas(bracketed(code, loop, '[')).map(
    (entry) => (/"([^"]+)"/.exec(entry)?.[1] ?? '') + suffix,
  );
}

export interface RustUserData {
  readonly type: string;
  readonly methods: readonly string[];
  readonly fields: readonly string[];
  readonly writable: readonly string[];
  /** mlua's names: `ToString`, `Index`. */
  readonly meta: readonly string[];
}

/** The objects that a file defines. */
export function readUserData(text: string): RustUserData[] {
  const code = rustCode(text);
  const impls = /impl (?:mlua::)?(?:Lua)?UserData for (\w+)(?:<[^>]*>)?\s*\{/g;
  return [...code.matchAll(impls)].map((impl) => {
    const body = bracketed(code, impl.index, '{');
    const all = (pattern: RegExp) => [...body.matchAll(pattern)].flatMap((match) => match.slice(1));
    const shared = body.includes('impl_pairs_and_index') ? ['Pairs', 'Index', 'Len'] : [];
    return {
      type: impl[1] ?? '',
      methods: [
        ...all(/\.add_(?:async_)?method(?:_mut)?\(\s*"([^"]+)"/g),
        ...all(/^\s*(?:accessor|unstructured)!\(\s*"([^"]+)",\s*\w+,\s*"([^"]+)"/gm),
      ],
      fields: [
        ...all(/\.add_field_method_get\(\s*"([^"]+)"/g),
        ...all(/add_metadata_field!\(fields,\s*"([^"]+)"/g),
      ],
      writable: all(/\.add_field_method_set\(\s*"([^"]+)"/g),
      meta: [...all(/\.add_(?:async_)?meta_method(?:_mut)?\(\s*MetaMethod::(\w+)/g), ...shared],
    };
  });
}

export interface RustEvent {
  readonly name: string;
  readonly multi: boolean;
  /** How many arguments handlers get, when the declaration says so. */
  readonly arity?: number;
}

/** The events with a fixed name that a file fires. */
export function readEvents(text: string): RustEvent[] {
  const code = rustCode(text);
  const declared = [...code.matchAll(/static\s+\w+\s*:\s*(Single|Multiple)\(\s*"([^"]+)"/g)].map(
    (match): RustEvent => {
      const [, ...parameters] = splitAtCommas(bracketed(code, match.index, '('));
      return { name: match[2] ?? '', multi: match[1] === 'Multiple', arity: parameters.length };
    },
  );
  const signed = [
    ...code.matchAll(/CallbackSignature\s*::\s*<([^;]*?)>\s*::\s*new\(\s*"([a-z0-9_]+)"/g),
  ].map((match): RustEvent => {
    const [parameters = ''] = splitAtCommas(match[1] ?? '');
    const name = match[2] ?? '';
    // A list that is built at run time has no arity.
    if (/^[A-Z]\w*List$/.test(parameters)) return { name, multi: false };
    const arity = parameters.startsWith('(')
      ? splitAtCommas(bracketed(parameters, 0, '(')).length
      : 1;
    return { name, multi: false, arity };
  });
  const called = [...code.matchAll(/\.call_callback(?:::<[^;"]*?>)?\(\s*"([a-z0-9_]+)"/g)].map(
    ([, name = '']): RustEvent => ({ name, multi: false }),
  );
  return [...declared, ...signed, ...called];
}
