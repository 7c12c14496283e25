/** Frames as lines of text, for the clipboard and for files. */
import type { WireFrame } from './wire-frame.ts';

/** `exchange="" routing-key="amqp" mandatory` */
export function fieldsText({ fields }: Pick<WireFrame, 'fields'>): string {
  return fields.map(([name, value]) => (value === 'true' ? name : `${name}=${value}`)).join(' ');
}

/**
 * `14:02:11.482193  sent      ch 1  basic.publish  exchange="" routing-key="amqp"`, without a line
 * break; the time of day is in the local time zone.
 */
export function frameLine(frame: WireFrame): string {
  const { at, direction, channel, kind, name } = frame;
  const where = kind === 'socket' || kind === 'protocol-header' ? '' : `ch ${channel}`;
  return [timeOfDay(at), direction.padEnd(8), where.padEnd(4), name.padEnd(20), fieldsText(frame)]
    .join('  ')
    .trimEnd();
}

function timeOfDay(at: number): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const micros = String(Math.floor((at % 1000) * 1000)).padStart(6, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${micros}`;
}
