import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';

type LanguageHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `language.${string}`>>;

export function languageHandlers({ language }: HostParts): LanguageHandlers {
  return {
    'language.ask': async ({ request, text }, page) => ({
      answer: await language.ask(page, request, text),
    }),
    'language.check': ({ texts }, page) => language.check(page, texts),
    'language.symbols': async ({ query }, page) => [...(await language.symbols(page, query))],
    'language.problems': () => language.problems(),
    'language.close': async ({ path }, page) => {
      language.closed(page, path);
      return {};
    },
  };
}
