/** Numbers, sizes, times and durations as the interface writes them. */

const grouped = new Intl.NumberFormat('en-GB');

/** 1210 → `1,210` */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 message`, `1,210 messages` */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped.format(count)} ${count === 1 ? singular : plural}`;
}

/** `1,047 bytes` below 10 kB, then `34 kB`, `2.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 10_000) return formatQuantity(bytes, 'byte');
  if (bytes < 1_000_000) return `${grouped.format(Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Microseconds → `0.6 ms`, `12 ms`, `5.0 s`. */
export function formatMicroseconds(microseconds: number): string {
  const milliseconds = microseconds / 1000;
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Milliseconds since the epoch → `14:02:11.482`, in the local time zone. */
export function formatClockTime(at: number): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** Seconds → `5m`, `1h 20m`, `7days`: the two largest units, as kumod writes durations. */
export function formatSeconds(seconds: number): string {
  let rest = Math.round(seconds);
  if (rest <= 0) return '0s';
  const parts: string[] = [];
  const units: readonly (readonly [number, string, string])[] = [
    [86_400, 'day', 'days'],
    [3600, 'h', 'h'],
    [60, 'm', 'm'],
    [1, 's', 's'],
  ];
  for (const [size, singular, plural] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${count === 1 ? singular : plural}`);
    else if (parts.length > 0) break;
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}
