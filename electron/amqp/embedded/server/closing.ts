import type { AmqpError } from '../wire/amqp-error.ts';
import { methodTable } from '../wire/method-table.ts';
import type { MethodName } from '../wire/method-table.ts';

/** What channel.close and connection.close say. `cause` is the method that could not be done. */
export function closingArguments(
  error: AmqpError,
  cause: MethodName | undefined,
): { replyCode: number; replyText: string; classId: number; methodId: number } {
  const { classId, methodId } =
    cause === undefined ? { classId: 0, methodId: 0 } : methodTable[cause];
  return { replyCode: error.code, replyText: shortened(error.message), classId, methodId };
}

/** A short string holds 255 bytes: as RabbitMQ, 252 and dots; whole characters only. */
function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 255) return text;
  let end = 252;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString('utf8', 0, end)}...`;
}

/** RabbitMQ names the method of a refused virtual host, and none of a refused login. */
export function causeOfRefusal(error: AmqpError, method: MethodName): MethodName | undefined {
  if (error.code !== 530) return undefined;
  return method === 'connection.tune-ok' ? 'connection.tune' : method;
}
