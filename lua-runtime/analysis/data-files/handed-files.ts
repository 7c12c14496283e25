/** Which files of the workspace a policy hands to KumoMTA's helpers. */
import { fieldOf } from '../syntax/field-names.ts';
import type { Expression } from '../syntax/syntax-tree.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import { knownText } from '../values/value.ts';
import { HELPER_FILES, type HelperFile } from './helper-file.ts';

/** The files of one call, in their order: later ones come over earlier ones. */
export interface HandedFiles {
  readonly helper: HelperFile;
  readonly call: ApiCall;
  /** Paths in the workspace. */
  readonly paths: readonly string[];
  /** Everything that the helper reads is among them. */
  readonly isComplete: boolean;
}

/** @param known paths of the data files of the workspace */
export function handedFiles(evaluator: Evaluator, known: Iterable<string>): HandedFiles[] {
  const paths = [...known];
  return HELPER_FILES.flatMap((helper) =>
    helper.readBy.flatMap(({ fullName, field }) =>
      apiCallsOf(evaluator)
        .to(fullName)
        .flatMap((call) => {
          const list = listOf(evaluator, call, field);
          if (list === undefined) return [];
          const found = list.items.map((text) =>
            text === undefined ? undefined : workspacePath(text, paths),
          );
          const inWorkspace = found.filter((path): path is string => path !== undefined);
          return [
            {
              helper,
              call,
              paths: [...new Set(inWorkspace)],
              // tsa-daemon and KumoMTA's own file shape too.
              isComplete:
                list.isWhole &&
                helper.kind !== 'shaping' &&
                new Set(inWorkspace).size === list.items.length,
            },
          ];
        }),
    ),
  );
}

/** The texts of a list; undefined for what is no known text. */
function listOf(
  evaluator: Evaluator,
  { args: [argument], file }: ApiCall,
  field: string | undefined,
): { readonly items: readonly (string | undefined)[]; readonly isWhole: boolean } | undefined {
  const options = argument && tableOf(evaluator, file, argument);
  if (options === undefined) return undefined;
  const value = field === undefined ? undefined : fieldOf(options.table, field);
  const list = field === undefined ? options : value && tableOf(evaluator, options.file, value);
  if (list === undefined) return undefined;
  const items = list.table.fields.map((each) =>
    each.kind === 'PositionalField'
      ? knownText(evaluator.valuesOf(list.file, each.value))
      : undefined,
  );
  return { items, isWhole: list.isWritten };
}

/** The table that an expression is for certain, and whether nothing is added to it elsewhere. */
function tableOf(evaluator: Evaluator, file: SourceFile, expression: Expression) {
  if (expression.kind === 'Table') return { table: expression, file, isWritten: true };
  const [value, other] = evaluator.valuesOf(file, expression);
  if (value?.kind !== 'table' || other !== undefined) return undefined;
  return { table: value.table, file: value.file, isWritten: false };
}

/** The file of the workspace that a path on the server most probably means: the longest same end. */
function workspacePath(path: string, known: readonly string[]): string | undefined {
  const wanted = path.split('/').filter((part) => part !== '' && part !== '.');
  let best: { readonly path: string; readonly same: number; readonly depth: number } | undefined;
  for (const each of known) {
    const parts = each.split('/');
    let same = 0;
    while (same < parts.length && parts.at(-1 - same) === wanted.at(-1 - same)) same++;
    if (same === 0) continue;
    const isBetter =
      best === undefined || same > best.same || (same === best.same && parts.length < best.depth);
    if (isBetter) best = { path: each, same, depth: parts.length };
  }
  return best?.path;
}
