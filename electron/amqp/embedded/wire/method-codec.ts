/** Method payloads, encoded and decoded by the method table (AMQP 0-9-1 sections 4.2.4 and 4.2.5). */
import { MalformedBytes, ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { emptyTable, readTable, writeTable } from './field-table.ts';
import type { FieldTable } from './field-table.ts';
import { methodTable } from './method-table.ts';
import type { ArgumentType, MethodName } from './method-table.ts';

interface ArgumentValues {
  bit: boolean;
  octet: number;
  short: number;
  long: number;
  /** Only delivery tags have this type. */
  longlong: number;
  shortstr: string;
  longstr: Buffer;
  table: FieldTable;
}

type Spec<Name extends MethodName> = (typeof methodTable)[Name]['args'];

export type MethodArguments<Name extends MethodName> = {
  -readonly [Arg in keyof Spec<Name>]: Spec<Name>[Arg] extends ArgumentType
    ? ArgumentValues[Spec<Name>[Arg]]
    : never;
};

/** A decoded method; `name` tells which arguments `args` has. */
export type Method = {
  [Name in MethodName]: { readonly name: Name; readonly args: MethodArguments<Name> };
}[MethodName];

interface MethodLayout {
  readonly name: MethodName;
  readonly args: readonly (readonly [name: string, type: ArgumentType])[];
}

const layouts = new Map<number, MethodLayout>();
const argumentLists = new Map<MethodName, MethodLayout['args']>();
for (const name of Object.keys(methodTable) as MethodName[]) {
  const { classId, methodId, args } = methodTable[name];
  const list = Object.entries<ArgumentType>(args);
  layouts.set(classId * 0x10000 + methodId, { name, args: list });
  argumentLists.set(name, list);
}

/** No method has these ids. */
export class UnknownMethod extends Error {
  override readonly name = 'UnknownMethod';
  readonly classId: number;
  readonly methodId: number;
  constructor(classId: number, methodId: number) {
    super(`no method has class ${classId} and id ${methodId}`);
    this.classId = classId;
    this.methodId = methodId;
  }
}

/** A known method whose arguments cannot be read: names the method, for the reply. */
export class MalformedMethod extends Error {
  override readonly name = 'MalformedMethod';
  readonly method: MethodName;
  constructor(method: MethodName, reason: string) {
    super(`cannot decode ${method}: ${reason}`);
    this.method = method;
  }
}

/** Decodes the payload of a method frame. Throws `UnknownMethod`, `MalformedMethod` or `MalformedBytes`. */
export function decodeMethod(payload: Buffer): Method {
  const reader = new ByteReader(payload);
  const classId = reader.short();
  const methodId = reader.short();
  const layout = layouts.get(classId * 0x10000 + methodId);
  if (layout === undefined) throw new UnknownMethod(classId, methodId);
  try {
    const args = readArguments(reader, layout.args);
    if (reader.remaining > 0) throw new MalformedBytes(`${reader.remaining} bytes too many`);
    // The table that gave the layout also gave the type: what was read is what the name stands for.
    return { name: layout.name, args } as Method;
  } catch (error) {
    if (error instanceof MalformedBytes) throw new MalformedMethod(layout.name, error.message);
    throw error;
  }
}

function readArguments(reader: ByteReader, list: MethodLayout['args']): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  let bits = 0;
  let bitsUsed = 8;
  for (const [name, type] of list) {
    if (type === 'bit') {
      // Neighbouring bits share octets, lowest first.
      if (bitsUsed === 8) {
        bits = reader.octet();
        bitsUsed = 0;
      }
      args[name] = (bits & (1 << bitsUsed)) !== 0;
      bitsUsed += 1;
    } else {
      bitsUsed = 8;
      args[name] = readArgument(reader, type);
    }
  }
  return args;
}

function readArgument(
  reader: ByteReader,
  type: Exclude<ArgumentType, 'bit'>,
): ArgumentValues[ArgumentType] {
  switch (type) {
    case 'octet':
      return reader.octet();
    case 'short':
      return reader.short();
    case 'long':
      return reader.long();
    case 'longlong':
      return reader.counter();
    case 'shortstr':
      return reader.shortString();
    case 'longstr':
      return reader.longString();
    case 'table':
      return readTable(reader);
  }
}

/** Writes class, method and arguments; an argument left out is written as zero, false or empty. */
export function writeMethod<Name extends MethodName>(
  writer: ByteWriter,
  name: Name,
  args: Partial<MethodArguments<Name>>,
): void {
  const { classId, methodId } = methodTable[name];
  writer.short(classId);
  writer.short(methodId);
  const values: { readonly [argument: string]: unknown } = args;
  let bits = 0;
  let bitsUsed = 0;
  const flushBits = () => {
    if (bitsUsed > 0) writer.octet(bits);
    bits = 0;
    bitsUsed = 0;
  };
  for (const [argument, type] of argumentLists.get(name) ?? []) {
    const value = values[argument];
    if (type === 'bit') {
      if (bitsUsed === 8) flushBits();
      if (value === true) bits |= 1 << bitsUsed;
      bitsUsed += 1;
    } else {
      flushBits();
      writeArgument(writer, type, value);
    }
  }
  flushBits();
}

// `value` has the type the table gives for this argument: writeMethod's signature saw to it.
function writeArgument(
  writer: ByteWriter,
  type: Exclude<ArgumentType, 'bit'>,
  value: unknown,
): void {
  switch (type) {
    case 'octet':
      return writer.octet((value as number | undefined) ?? 0);
    case 'short':
      return writer.short((value as number | undefined) ?? 0);
    case 'long':
      return writer.long((value as number | undefined) ?? 0);
    case 'longlong':
      return writer.counter((value as number | undefined) ?? 0);
    case 'shortstr':
      return writer.shortString((value as string | undefined) ?? '');
    case 'longstr':
      return writer.longString((value as Buffer | undefined) ?? Buffer.alloc(0));
    case 'table':
      return writeTable(writer, (value as FieldTable | undefined) ?? emptyTable);
  }
}
