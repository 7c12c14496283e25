/**
 * How the host objects behind userdata show themselves to a person who debugs. An object that has
 * something to show implements `DescribedObject`, beside its other meanings.
 */

/** Bytes are a string of Lua that is not known to be text; integral numbers are Lua integers. */
export type DescribedValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly DescribedValue[]
  | { readonly [name: string]: DescribedValue };

export interface ObjectDescription {
  /** On one line, without the type's name. */
  readonly text: string;
  readonly fields: readonly (readonly [name: string, value: DescribedValue])[];
}

export interface DescribedObject {
  describe(): ObjectDescription;
}

export function isDescribed(object: object | undefined): object is DescribedObject {
  return object !== undefined && 'describe' in object && typeof object.describe === 'function';
}
