import type { WireFrameRow } from '../../electron/bridge/contract.ts';
import type { Tone } from '../deliveries/verdict-words.ts';

/** Methods that say that something was refused, wherever they come. */
const refusals = new Set(['basic.nack', 'basic.return', 'basic.reject']);
const closings = new Set(['connection.close', 'channel.close']);

/** How a frame is to be read at a glance. */
export function frameTone({ name, kind, fields }: WireFrameRow): Tone {
  if (kind === 'malformed' || name === 'socket failed' || refusals.has(name)) return 'fail';
  const code = fields.find(([field]) => field === 'reply-code')?.[1];
  if (closings.has(name) && code !== '200') return 'fail';
  if (name === 'basic.ack') return 'ok';
  return name === 'connection.blocked' ? 'warn' : 'plain';
}
