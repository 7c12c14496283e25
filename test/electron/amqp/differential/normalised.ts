/** What two brokers may say differently without meaning anything different by it. */

/** Names a broker makes up, and the time of a death; everything else stays as it was. */
export function normalised(value: unknown, path = ''): unknown {
  if (typeof value === 'string') return withoutGeneratedNames(value);
  if (Buffer.isBuffer(value)) return `bytes ${value.toString('latin1')}`;
  if (Array.isArray(value)) return value.map((element) => normalised(element, `${path}[]`));
  if (typeof value === 'object' && value !== null) {
    if (isRecentTimestamp(value)) return 'a moment ago';
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([key, part]) => [key, normalised(part, `${path}.${key}`)]),
    );
  }
  return value;
}

function withoutGeneratedNames(text: string): string {
  return text
    .replace(/amq\.(gen|ctag)-[\w-]{22}/g, 'amq.$1-…')
    .replace(/amq\.rabbitmq\.reply-to\.[\w.+/=-]+/g, 'amq.rabbitmq.reply-to.…');
}

/** amqplib's form of a timestamp in a header. */
function isRecentTimestamp(value: object): boolean {
  if (!('!' in value) || value['!'] !== 'timestamp' || !('value' in value)) return false;
  const seconds = Number(value.value);
  return Math.abs(Date.now() / 1000 - seconds) < 60;
}
