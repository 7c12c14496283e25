import type {
  FileRequest,
  LanguageAnswers,
  MarkupContent,
  PlaceMethod,
  RequestOf,
} from '../../electron/bridge/language.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { findDocument } from '../editor/documents-store.ts';
import type { monaco } from '../editor/monaco.ts';

/** The path of a model's file; undefined for the text of a finished run. */
export function pathOf(model: monaco.editor.ITextModel): string | undefined {
  if (model.uri.scheme !== 'workspace') return undefined;
  const path = model.uri.path.slice(1);
  return findDocument(path)?.recorded === true ? undefined : path;
}

/**
 * Asks about the text as it is in the editor.
 *
 * @returns undefined also where the question was overtaken by a newer one, or the host cannot answer now
 */
export async function askLanguage<M extends FileRequest['method']>(
  request: RequestOf<M>,
  model: monaco.editor.ITextModel,
): Promise<LanguageAnswers[M] | undefined> {
  try {
    const text = model.getValue();
    const { answer } = await workbench.call('language.ask', { request, text });
    return answer as LanguageAnswers[M] | undefined;
  } catch {
    return undefined;
  }
}

/** The same about a place; undefined when the answer came too late. */
export async function askAt<M extends PlaceMethod>(
  method: M,
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  token?: monaco.CancellationToken,
): Promise<LanguageAnswers[M] | undefined> {
  const path = pathOf(model);
  if (path === undefined) return undefined;
  const request = { method, path, position: lspPosition(position) } as RequestOf<M>;
  const answer = await askLanguage<M>(request, model);
  return token?.isCancellationRequested === true ? undefined : answer;
}

export function lspPosition({ lineNumber, column }: monaco.IPosition): {
  line: number;
  character: number;
} {
  return { line: lineNumber - 1, character: column - 1 };
}

export function markdown({ value }: MarkupContent): monaco.IMarkdownString {
  return { value };
}
