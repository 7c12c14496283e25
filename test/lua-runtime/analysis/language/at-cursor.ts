/** A policy with `|` where the cursor is, for tests of what is known there. */
import type { Position } from '../../../../lua-runtime/analysis/analysis-contract.ts';
import { LineMap } from '../../../../lua-runtime/analysis/line-map.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';
import type {
  LanguageAnswers,
  PlaceMethod,
} from '../../../../lua-runtime/analysis/service/language-requests.ts';

export interface AtCursor {
  readonly service: LanguageService;
  readonly path: string;
  readonly position: Position;
}

/** @param modules other files of the policy, by path */
export function atCursor(text: string, modules: Readonly<Record<string, string>> = {}): AtCursor {
  const offset = text.indexOf('|');
  if (offset < 0) throw new Error('The text has no cursor.');
  const without = text.slice(0, offset) + text.slice(offset + 1);
  const service = new LanguageService();
  for (const [path, content] of Object.entries(modules)) service.setText(path, content);
  service.setText('init.lua', without);
  return { service, path: 'init.lua', position: new LineMap(without).position(offset) };
}

export function ask<M extends PlaceMethod>(method: M, at: AtCursor): LanguageAnswers[M] {
  const { service, path, position } = at;
  return service.answer({ method, path, position }) as LanguageAnswers[M];
}
