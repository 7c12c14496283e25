/** Renames what the policy named: everywhere, or not at all. */
import type { Position, TextEdit } from '../analysis-contract.ts';
import { catalogue, findEvent } from '../catalogue/catalogue.ts';
import { LineMap } from '../line-map.ts';
import type { Renamable } from '../lsp-types.ts';
import { KEYWORDS } from '../syntax/lexer.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import { LUA_GLOBALS } from '../values/library-results.ts';
import type { SourceFile } from '../values/source-file.ts';
import { occurrencesOf, symbolAt, type NamedPlace, type PolicySymbol } from './symbol.ts';

/** Why something cannot be renamed; `message` is a sentence for the person. */
export class RenameProblem extends Error {
  override readonly name = 'RenameProblem';
}

/** @throws RenameProblem when nothing there can be renamed. */
export function renamableAt(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  position: Position,
): Renamable {
  const lines = new LineMap(file.text);
  const { span } = placeAt(evaluator, file, lines.offset(position));
  return { range: lines.range(span), placeholder: file.text.slice(span.start, span.end) };
}

/** @throws RenameProblem when it cannot be done, or the new name cannot stand there. */
export function renameEdits(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  position: Position,
  newName: string,
): TextEdit[] {
  const { symbol } = placeAt(evaluator, file, new LineMap(file.text).offset(position));
  refuseBadName(evaluator, symbol, newName);
  return occurrencesOf(evaluator, symbol).map(({ file: where, span }) => ({
    file: where.path,
    range: new LineMap(where.text).range(span),
    newText: newName,
  }));
}

function placeAt(evaluator: ProgramEvaluator, file: SourceFile, offset: number): NamedPlace {
  const place = symbolAt(evaluator, file, offset);
  if (place === undefined) {
    throw new RenameProblem('Only names of the policy itself can be renamed, and this is none.');
  }
  const { symbol } = place;
  if (symbol.kind === 'module') {
    throw new RenameProblem('A module has the name of its file: rename the file instead.');
  }
  if (symbol.kind === 'global' && !evaluator.isGlobalWritten(symbol.name)) {
    throw new RenameProblem(`Nothing of this policy defines ${symbol.name}.`);
  }
  if (symbol.kind === 'local' && symbol.binding.declaration === undefined) {
    throw new RenameProblem(
      '`self` is given by the colon of its function and has this name always.',
    );
  }
  if (symbol.kind === 'field' && !occurrencesOf(evaluator, symbol).some((o) => o.isDefinition)) {
    throw new RenameProblem(`Nothing of this policy defines ${symbol.name}.`);
  }
  if (symbol.kind === 'field' && isKumosField(evaluator, symbol)) {
    throw new RenameProblem(
      `KumoMTA has a field ${symbol.name} too and may look it up by this name.`,
    );
  }
  return place;
}

/** Methods that kumod calls on a connection, and fields of tables that its functions take. */
function isKumosField(
  evaluator: ProgramEvaluator,
  { name, tables }: Extract<PolicySymbol, { kind: 'field' }>,
): boolean {
  const isConnection = evaluator.roles.connections.some(({ table }) =>
    tables.some((each) => each.table === table.table),
  );
  if (isConnection && ['send', 'send_batch', 'close', 'connection'].includes(name)) return true;
  return (
    name.startsWith('__') ||
    catalogue.tables.some(
      ({ fields }) => fields.some((field) => field.name === name) && !isConnection,
    )
  );
}

function refuseBadName(evaluator: ProgramEvaluator, symbol: PolicySymbol, name: string): void {
  if (symbol.kind === 'event') {
    if (name === '' || /['"\\\n]/.test(name)) {
      throw new RenameProblem('A constructor needs a name without quotes and backslashes.');
    }
    if (findEvent(name) !== undefined) {
      throw new RenameProblem(`kumod fires an event ${name} of its own.`);
    }
    if (evaluator.roles.registrations.some(({ event }) => event === name)) {
      throw new RenameProblem(`There is a handler for ${name} already.`);
    }
    return;
  }
  if (!/^[A-Za-z_]\w*$/.test(name) || KEYWORDS.has(name)) {
    throw new RenameProblem(`${name === '' ? 'Nothing' : name} is no name in Lua.`);
  }
  if (symbol.kind === 'field') return;
  const isTaken =
    LUA_GLOBALS.has(name) ||
    evaluator.isGlobalWritten(name) ||
    (symbol.kind === 'local'
      ? localIsTaken(symbol.file, symbol.binding.scope, name)
      : [...evaluator.program.files.values()].some((each) =>
          each.bindings.locals.some((local) => local.name === name),
        ));
  if (isTaken) throw new RenameProblem(`${name} means something else there already.`);
}

/** A local of that name whose scope meets this one would catch references, or lose some. */
function localIsTaken(
  file: SourceFile,
  scope: { readonly start: number; readonly end: number },
  name: string,
): boolean {
  return file.bindings.locals.some(
    (local) =>
      local.name === name && local.scope.start <= scope.end && scope.start <= local.scope.end,
  );
}
