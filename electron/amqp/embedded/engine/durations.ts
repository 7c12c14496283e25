/** RabbitMQ `rabbit_misc:check_expiry/1`: ten years, in milliseconds. */
const longestMilliseconds = 315_360_000_000;

/** Why a time to live is none, as RabbitMQ writes the reason; undefined when it is fine. */
export function durationProblem(milliseconds: number | bigint): string | undefined {
  if (milliseconds < 0) return `{value_negative,${milliseconds}}`;
  if (milliseconds > longestMilliseconds) return `{value_too_large,${milliseconds}}`;
  return undefined;
}
