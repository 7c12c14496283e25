/** What a helper of policy-extras gives to a policy, read from its Lua source. */

export interface LuaHelper {
  /** Called with a colon. */
  readonly methods: readonly string[];
  readonly functions: readonly string[];
  /** Assigned fields, of which some are functions. */
  readonly fields: readonly string[];
}

export function readHelper(source: string): LuaHelper {
  const names = (pattern: RegExp) => [
    ...new Set([...source.matchAll(pattern)].map(([, name = '']) => name)),
  ];
  return {
    methods: names(/^function mod:(\w+)\(/gm),
    functions: names(/^function mod\.(\w+)\(/gm),
    // Upper case marks what the helper keeps for itself, as `mod.CONFIGURED`.
    fields: names(/^mod\.(\w+) = /gm).filter((name) => name !== name.toUpperCase()),
  };
}

export interface LuaRecordField {
  readonly name: string;
  readonly required: boolean;
}

/** The fields of `Record('NAME', { … })` of the typing helper; `_dynamic` stands for unnamed ones. */
export function readRecord(
  source: string,
  record: string,
): { readonly fields: readonly LuaRecordField[]; readonly dynamic: boolean } {
  const start = source.indexOf(`Record('${record}', {`);
  if (start < 0) throw new Error(`no Record ${record}`);
  const fields: LuaRecordField[] = [];
  let dynamic = false;
  let depth = 0;
  for (const line of source.slice(start).split('\n')) {
    const field = /^\s*(\w+) = (.*)$/.exec(line.replace(/--.*$/, ''));
    if (depth === 1 && field !== null) {
      const [, name = '', type = ''] = field;
      if (name === '_dynamic') dynamic = true;
      else fields.push({ name, required: !/^(?:Option|Default)\(/.test(type) });
    }
    depth += (line.match(/\{/g) ?? []).length - (line.match(/\}/g) ?? []).length;
    if (depth === 0) break;
  }
  return { fields, dynamic };
}
