/**
 * Which registered event names nothing will ever fire. kumod accepts every name silently
 * (KumoMTA crates/kumo-server-common/src/lib.rs 123-181), so a misspelt one is just never called.
 *
 * Right after loading nobody knows yet which constructors the queue configs will name, so the
 * policy's text decides: a name counts as unknown when it is written out once only, in the
 * registration, and no constructor name is computed.
 */
import { MULTI_EVENTS, SINGLE_EVENTS } from '../kumo/events.ts';
import { nearestName } from '../kumo/nearest-name.ts';
import type { Registration } from '../kumo/kumo-module.ts';
import { decodeUtf8 } from '../vm/platform.ts';

/** `constructor = <anything but one whole string literal>`. */
const COMPUTED_CONSTRUCTOR = /\bconstructor\s*=\s*(?!(?:'[^'\n]*'|"[^"\n]*")\s*(?:[,;}\n]|--|$))/;

/**
 * @param sources the policy's files as they were loaded.
 * @returns those of `registrations` whose event is never fired.
 */
export function neverFired(
  registrations: readonly Registration[],
  constructorEvents: ReadonlySet<string>,
  sources: Iterable<Uint8Array>,
): Registration[] {
  const others = registrations.filter(
    ({ kind, event }) => kind === 'other' && !constructorEvents.has(event),
  );
  if (others.length === 0) return [];
  const texts = [...sources].map(decodeUtf8);
  if (texts.some((text) => COMPUTED_CONSTRUCTOR.test(text))) return [];
  return others.filter(({ event }) => {
    const literals = texts.reduce((sum, text) => sum + countLiterals(text, event), 0);
    return literals === 1;
  });
}

function countLiterals(text: string, event: string): number {
  return text.split(`'${event}'`).length + text.split(`"${event}"`).length - 2;
}

/** The known event that a name was probably meant to be, or undefined. */
export function similarEvent(name: string): string | undefined {
  return nearestName(name, [...MULTI_EVENTS, ...SINGLE_EVENTS]);
}
