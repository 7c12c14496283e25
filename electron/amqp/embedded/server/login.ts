import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import { MalformedBytes } from '../wire/byte-reader.ts';
import { readBareTable } from '../wire/field-table.ts';
import type { FieldTable } from '../wire/field-table.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import { fieldText } from '../wire/plain-values.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Reads the response of PLAIN (RFC 4616), AMQPLAIN or, where the dialect has it, ANONYMOUS (RFC 4505).
 * Throws the 403 RabbitMQ answers otherwise.
 */
export function readCredentials(
  { mechanism, response }: MethodArguments<'connection.start-ok'>,
  { anonymousUser }: Dialect,
): Credentials {
  const credentials = read(mechanism, response, anonymousUser);
  if (credentials === undefined) throw loginRefused(mechanism);
  return credentials;
}

function read(
  mechanism: string,
  response: Buffer,
  anonymousUser: Credentials | undefined,
): Credentials | undefined {
  switch (mechanism) {
    case 'PLAIN':
      return readPlain(response);
    case 'AMQPLAIN':
      return readAmqplain(response);
    case 'ANONYMOUS':
      return anonymousUser;
    default:
      return undefined;
  }
}

export function loginRefused(mechanism: string): AmqpError {
  return new AmqpError(
    403,
    `Login was refused using authentication mechanism ${mechanism}. For details see the broker logfile.`,
    'connection',
  );
}

function readPlain(response: Buffer): Credentials | undefined {
  const [, user, password, ...more] = response.toString('utf8').split('\0');
  if (user === undefined || password === undefined || more.length > 0) return undefined;
  return { user, password };
}

function readAmqplain(response: Buffer): Credentials | undefined {
  let table: FieldTable;
  try {
    table = readBareTable(response);
  } catch (error) {
    if (error instanceof MalformedBytes) return undefined;
    throw error;
  }
  const user = table.get('LOGIN');
  const password = table.get('PASSWORD');
  if (user?.type !== 'longstr' || password?.type !== 'longstr') return undefined;
  return { user: fieldText(user), password: fieldText(password) };
}
