/**
 * The argument of `message:set_due`: nil or an RFC 3339 time, with chrono's texts for anything else
 * (KumoMTA crates/message/src/message.rs 1725-1730).
 */
import { asString, type Decoder } from './deserialize.ts';
import { fromValue } from './from-lua-value.ts';
import { DeserializeError } from './deserialize-error.ts';
import type { LuaTree } from './lua-tree.ts';

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?)([Zz]|[+-]\d\d:\d\d)$/;
/** A time that just stops too early. */
const BEGINNING =
  /^(?:\d{0,4}|\d{4}-\d{0,2}|\d{4}-\d\d-\d{0,2}|\d{4}-\d\d-\d\d[Tt ](?:\d{0,2}|\d\d:\d{0,2}|\d\d:\d\d:\d{0,2}|\d\d:\d\d:\d\d(?:\.\d*)?(?:[+-][\d:]{0,4})?))$/;

const asTime: Decoder<number> = (value) => {
  const text = asString(value);
  const [, date, time, zone] = RFC3339.exec(text) ?? [];
  if (date === undefined || time === undefined || zone === undefined) {
    const early = BEGINNING.test(text);
    throw new DeserializeError(
      early ? 'premature end of input' : 'input contains invalid characters',
    );
  }
  const milliseconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) throw new DeserializeError('input is out of range');
  return milliseconds;
};

/**
 * Milliseconds since the epoch, or undefined for nil.
 * @throws KumoError
 */
export function readDueTime(value: LuaTree): number | undefined {
  return value === undefined ? undefined : fromValue(value, asTime);
}

/** As chrono serialises it: no fraction when there is none. */
export function formatDueTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
