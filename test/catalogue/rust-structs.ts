/** The fields of Rust structs and the variants of enums, as serde reads and writes them. */
import { bracketed, rustCode, splitAtCommas } from './rust-text.ts';

export interface RustField {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  /** The function that serde asks for the default. */
  readonly defaultBy?: string;
}

export interface RustStruct {
  readonly fields: readonly RustField[];
  readonly denyUnknown: boolean;
}

/**
 * @param item `QueueConfig`, or `Content::Builder` for a variant with fields.
 * @param flattened reads a struct that a field is flattened from, by its type.
 */
export function readStruct(
  text: string,
  item: string,
  flattened: (type: string) => readonly RustField[] = () => [],
): RustStruct {
  const code = rustCode(text);
  const [name = '', variant] = item.split('::');
  const { attributes, body } = declaration(code, variant === undefined ? 'struct' : 'enum', name);
  const denyUnknown = /\bdeny_unknown_fields\b/.test(attributes);
  const inner = variant === undefined ? body : bracketed(body, indexOfWord(body, variant), '{');
  const allDefault = /serde\((?:[^)]*,)?\s*default\s*[,)]/.test(attributes);
  const fields = splitAtCommas(inner).flatMap((part) => fieldsOf(part, allDefault, flattened));
  return { fields, denyUnknown };
}

/** The names of an enum's variants, as serde writes them. */
export function readVariants(text: string, name: string): string[] {
  const { attributes, body } = declaration(rustCode(text), 'enum', name);
  const style = /rename_all\s*=\s*"([^"]+)"/.exec(attributes)?.[1];
  return splitAtCommas(body).map((part) => {
    const renamed = /rename\s*=\s*"([^"]+)"/.exec(part)?.[1];
    const variant = /^\w+/.exec(part.replace(ATTRIBUTE, '').trim())?.[0] ?? '';
    return renamed ?? styled(variant, style);
  });
}

const ATTRIBUTE = /#\[(?:[^\][]|\[[^\]]*\])*\]/g;

function declaration(code: string, kind: 'struct' | 'enum', name: string) {
  const at = new RegExp(`\\b${kind} ${name}\\b(?:<[^>]*>)?\\s*\\{`).exec(code);
  if (at === null) throw new Error(`no ${kind} ${name}`);
  const before = code.slice(0, at.index);
  const start = Math.max(before.lastIndexOf('}\n'), before.lastIndexOf(';\n'));
  return { attributes: before.slice(start + 1), body: bracketed(code, at.index, '{') };
}

function fieldsOf(
  part: string,
  allDefault: boolean,
  flattened: (type: string) => readonly RustField[],
): readonly RustField[] {
  const attributes = (part.match(ATTRIBUTE) ?? []).join(' ');
  const field = /^(?:pub(?:\([^)]*\))?\s+)?(?:r#)?(\w+)\s*:\s*([\s\S]+)$/.exec(
    part.replace(ATTRIBUTE, '').trim(),
  );
  if (field === null) throw new Error(`no field: ${part}`);
  const [, rustName = '', type = ''] = field;
  if (/serde\((?:[^)]*,\s*)?skip\b(?!_)|cfg\(test\)/.test(attributes)) return [];
  if (/\bflatten\b/.test(attributes)) return flattened(type.trim());
  const name = /\brename\s*=\s*"([^"]+)"/.exec(attributes)?.[1] ?? rustName;
  const hasDefault = allDefault || /\bdefault\b/.test(attributes.replace(/skip_\w+/g, ''));
  // serde's own reading of a missing Option as None ends where a field has its own deserializer.
  const ownDeserializer = /serde\([^)]*\b(?:with|deserialize_with)\s*=/.test(attributes);
  const required = !hasDefault && !(type.startsWith('Option<') && !ownDeserializer);
  const defaultBy = /\bdefault\s*=\s*"([^"]+)"/.exec(attributes)?.[1];
  return [{ name, required, type: type.trim(), ...(defaultBy === undefined ? {} : { defaultBy }) }];
}

function indexOfWord(text: string, word: string): number {
  const at = new RegExp(`\\b${word}\\b`).exec(text);
  if (at === null) throw new Error(`no ${word}`);
  return at.index;
}

function styled(variant: string, style: string | undefined): string {
  if (style === 'lowercase') return variant.toLowerCase();
  if (style === 'snake_case') {
    return variant.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  }
  return variant;
}
