/**
 * Field tables with the value types RabbitMQ knows, which are not those of the published
 * specification (https://www.rabbitmq.com/amqp-0-9-1-errata, section 3).
 *
 * A decoded value keeps its wire type: a redeclaration is compared, and refused, by type and value.
 * `plainTable` gives the view people and JSON want.
 */
import { ByteReader, MalformedBytes } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The names are RabbitMQ's own, as its error texts show them. */
export type FieldValue =
  | { readonly type: 'longstr' | 'binary'; readonly value: Buffer }
  | {
      readonly type:
        | 'byte'
        | 'unsignedbyte'
        | 'short'
        | 'unsignedshort'
        | 'signedint'
        | 'unsignedint'
        | 'float'
        | 'double';
      readonly value: number;
    }
  | { readonly type: 'long' | 'timestamp'; readonly value: bigint }
  | { readonly type: 'decimal'; readonly value: { places: number; digits: number } }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'void'; readonly value: null }
  | { readonly type: 'array'; readonly value: readonly FieldValue[] }
  | { readonly type: 'table'; readonly value: FieldTable };

/** A map, not an object: the keys come from outside and may be `__proto__`. */
export type FieldTable = ReadonlyMap<string, FieldValue>;

export const emptyTable: FieldTable = new Map();

/** Deeper nesting than anyone needs; without a bound a hostile table overflows the stack. */
const maxDepth = 64;

/** Reads a table with its size in front. Throws `MalformedBytes`. */
export function readTable(reader: ByteReader): FieldTable {
  return readPairs(reader.sized(), 0);
}

/** Reads a table without a size in front, as AMQPLAIN sends it: to the end of `bytes`. */
export function readBareTable(bytes: Buffer): FieldTable {
  return readPairs(new ByteReader(bytes), 0);
}

function readPairs(reader: ByteReader, depth: number): FieldTable {
  if (depth > maxDepth) throw new MalformedBytes(`tables nest deeper than ${maxDepth}`);
  if (reader.remaining === 0) return emptyTable;
  const table = new Map<string, FieldValue>();
  while (reader.remaining > 0) {
    const key = reader.shortString();
    table.set(key, readValue(reader, depth));
  }
  return table;
}

function readValue(reader: ByteReader, depth: number): FieldValue {
  const tag = String.fromCharCode(reader.octet());
  switch (tag) {
    case 'S':
      return { type: 'longstr', value: reader.longString() };
    case 'x':
      return { type: 'binary', value: reader.longString() };
    case 'b':
      return { type: 'byte', value: reader.signedOctet() };
    case 'B':
      return { type: 'unsignedbyte', value: reader.octet() };
    case 's':
      return { type: 'short', value: reader.signedShort() };
    case 'u':
      return { type: 'unsignedshort', value: reader.short() };
    case 'I':
      return { type: 'signedint', value: reader.signedLong() };
    case 'i':
      return { type: 'unsignedint', value: reader.long() };
    // RabbitMQ reads both letters as the same signed number, and writes the small one.
    case 'l':
    case 'L':
      return { type: 'long', value: reader.signedLonglong() };
    case 'f':
      return { type: 'float', value: reader.float() };
    case 'd':
      return { type: 'double', value: reader.double() };
    case 'T':
      return { type: 'timestamp', value: reader.longlong() };
    case 'D':
      return { type: 'decimal', value: { places: reader.octet(), digits: reader.long() } };
    case 't':
      return { type: 'bool', value: reader.octet() !== 0 };
    case 'V':
      return { type: 'void', value: null };
    case 'F':
      return { type: 'table', value: readPairs(reader.sized(), depth + 1) };
    case 'A':
      return { type: 'array', value: readArray(reader.sized(), depth + 1) };
    default:
      throw new MalformedBytes(`'${tag}' is not the type of a field value`);
  }
}

function readArray(reader: ByteReader, depth: number): FieldValue[] {
  if (depth > maxDepth) throw new MalformedBytes(`arrays nest deeper than ${maxDepth}`);
  const values: FieldValue[] = [];
  while (reader.remaining > 0) values.push(readValue(reader, depth));
  return values;
}

/** Writes a table with its size in front. */
export function writeTable(writer: ByteWriter, table: FieldTable): void {
  const writeSize = writer.sizePrefix();
  for (const [key, field] of table) {
    writer.shortString(key);
    writeValue(writer, field);
  }
  writeSize();
}

const tags: { readonly [type in FieldValue['type']]: string } = {
  longstr: 'S',
  binary: 'x',
  byte: 'b',
  unsignedbyte: 'B',
  short: 's',
  unsignedshort: 'u',
  signedint: 'I',
  unsignedint: 'i',
  long: 'l',
  float: 'f',
  double: 'd',
  timestamp: 'T',
  decimal: 'D',
  bool: 't',
  void: 'V',
  table: 'F',
  array: 'A',
};

function writeValue(writer: ByteWriter, field: FieldValue): void {
  writer.octet(tags[field.type].charCodeAt(0));
  switch (field.type) {
    case 'longstr':
    case 'binary':
      return writer.longString(field.value);
    case 'byte':
      return writer.signedOctet(field.value);
    case 'unsignedbyte':
      return writer.octet(field.value);
    case 'short':
      return writer.signedShort(field.value);
    case 'unsignedshort':
      return writer.short(field.value);
    case 'signedint':
      return writer.signedLong(field.value);
    case 'unsignedint':
      return writer.long(field.value);
    case 'long':
      return writer.signedLonglong(field.value);
    case 'float':
      return writer.float(field.value);
    case 'double':
      return writer.double(field.value);
    case 'timestamp':
      return writer.longlong(field.value);
    case 'decimal':
      writer.octet(field.value.places);
      return writer.long(field.value.digits);
    case 'bool':
      return writer.octet(field.value ? 1 : 0);
    case 'void':
      return;
    case 'table':
      return writeTable(writer, field.value);
    case 'array': {
      const writeSize = writer.sizePrefix();
      for (const element of field.value) writeValue(writer, element);
      return writeSize();
    }
  }
}
