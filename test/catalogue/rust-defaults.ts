/** Default values of Rust fields, where their code is a plain expression. */
import { bracketed, rustCode } from './rust-text.ts';
import type { RustField } from './rust-structs.ts';

/** Seconds for durations; `nil` for an absent Option. */
export type DefaultValue = string | number | boolean;

/**
 * What a field is when it is not given; nothing when that takes more than reading an expression.
 *
 * @param text the file that defines the field and the function of its default.
 */
export function defaultOf(text: string, field: RustField): DefaultValue | undefined {
  if (field.required) return undefined;
  if (field.defaultBy !== undefined) return valueOf(rustCode(text), field.defaultBy);
  if (field.type.startsWith('Option<')) return 'nil';
  if (field.type === 'bool') return false;
  return field.type === 'String' ? '' : undefined;
}

/** The catalogue's text for a default as a value, by the type of the field in the catalogue. */
export function writtenDefault(text: string, isDuration: boolean): DefaultValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d+$/.test(text)) return Number(text);
  if (!isDuration || text === 'nil') return text;
  const spans = [...text.matchAll(/(\d+)(s|m|h|days?)/g)];
  return spans.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, day: 86400, days: 86400 };

/** The value of `fn NAME() -> TYPE { EXPRESSION }`; `Type::name` is found by its last part. */
function valueOf(code: string, name: string): DefaultValue | undefined {
  const last = name.split('::').at(-1) ?? name;
  const at = new RegExp(`\\bfn ${last}\\(\\)\\s*->`).exec(code);
  return at === null ? undefined : expressionValue(bracketed(code, at.index, '{').trim());
}

function expressionValue(expression: string): DefaultValue | undefined {
  if (expression === 'true' || expression === 'false') return expression === 'true';
  if (expression === 'None') return 'nil';
  const text = /^"([^"]*)"(?:\.to_string\(\)|\.into\(\))$/.exec(expression)?.[1];
  if (text !== undefined) return text;
  const seconds = /^Duration::from_secs\(([^)]*)\)$/.exec(expression)?.[1];
  const product = (seconds ?? expression).replaceAll('_', '').split('*');
  const factors = product.map((factor) => (/^\s*\d+\s*$/.test(factor) ? Number(factor) : NaN));
  const value = factors.reduce((result, factor) => result * factor, 1);
  return Number.isNaN(value) ? undefined : value;
}
