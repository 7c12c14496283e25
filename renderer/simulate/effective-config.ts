import type { QueueResolution } from '../../electron/bridge/contract.ts';

export interface ConfigField {
  readonly name: string;
  readonly value: string;
  readonly isSet: boolean;
}

function writeValue(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `protocol = { custom_lua = { constructor = X } }` becomes `protocol.constructor = X`. */
function fieldsOf(name: string, value: unknown, isSet: boolean): ConfigField[] {
  if (name === 'protocol' && isRecord(value)) {
    const variants = Object.entries(value);
    const [variant, inner] = variants[0] ?? [];
    if (variants.length === 1 && variant !== undefined && isRecord(inner)) {
      const fields = Object.entries(inner);
      return [
        { name, value: variant, isSet },
        ...fields.map(([field, v]) => ({ name: `${name}.${field}`, value: writeValue(v), isSet })),
      ];
    }
  }
  return [{ name, value: writeValue(value), isSet }];
}

/** The effective queue config for reading: what the policy set first, then the defaults. */
export function configFields(resolution: QueueResolution): ConfigField[] {
  const set = new Set(resolution.fields_set);
  const fields = Object.entries(resolution.config ?? {}).flatMap(([name, value]) =>
    fieldsOf(name, value, set.has(name)),
  );
  return [...fields.filter((field) => field.isSet), ...fields.filter((field) => !field.isSet)];
}
