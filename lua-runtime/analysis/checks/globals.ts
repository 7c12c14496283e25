/** Names that nothing defines, and globals that come into being by a slip. */
import type { Reference } from '../scopes/bindings.ts';
import { nodesOf } from '../syntax/node-index.ts';
import type { NameExpression } from '../syntax/syntax-tree.ts';
import type { SourceFile } from '../values/source-file.ts';
import { LUA_GLOBALS } from '../values/library-results.ts';
import { ERROR, WARNING, type Check, type Report } from './check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';

/** Set by kumod (KumoMTA crates/config/src/lib.rs 129-131, 188-196). */
const KUMOD_GLOBALS = new Set(['_KUMO_CURRENT_EVENT', '_VALIDATING_CONFIG']);
/** Libraries that Lua has and kumod does not load (mlua's safe set). */
const ABSENT_LIBRARIES = new Set(['debug']);

export const undefinedGlobal: Check = ({ evaluator, file, report }) => {
  for (const [name, references] of file.bindings.globals) {
    if (LUA_GLOBALS.has(name) || KUMOD_GLOBALS.has(name) || evaluator.isGlobalWritten(name))
      continue;
    // Somebody who asks whether it is there knows that it may not be.
    if (references.some(({ name: at }) => isGuarded(file, at.start))) continue;
    for (const { name: at, isWrite } of references) {
      if (isWrite) continue;
      report({ code: 'undefined-global', at, ...describe(name, at, file) });
    }
  }
};

function describe(
  name: string,
  at: NameExpression,
  file: SourceFile,
): Pick<Report, 'severity' | 'message' | 'fixes'> {
  const raises = isOperatedOn(at, file);
  const severity = raises ? ERROR : WARNING;
  const fails = raises
    ? `\`${name}\` is not defined here: it is nil, and this raises an error.`
    : `\`${name}\` is not defined here: it is nil.`;
  if (name === 'kumo') {
    return {
      severity: ERROR,
      message: `${fails} Begin the file with \`local kumo = require 'kumo'\`.`,
      fixes: [
        {
          title: "Add local kumo = require 'kumo'",
          preferred: true,
          edits: [{ at: { start: 0, end: 0 }, newText: "local kumo = require 'kumo'\n" }],
        },
      ],
    };
  }
  if (ABSENT_LIBRARIES.has(name)) {
    return {
      severity: ERROR,
      message: `kumod does not load Lua's \`${name}\` library: \`${name}\` is nil.`,
    };
  }
  const nearby = nearestName(name, [
    ...file.bindings.locals.map((local) => local.name),
    ...LUA_GLOBALS,
  ]);
  const elsewhere = file.bindings.locals.some((local) => local.name === name);
  if (elsewhere) {
    return {
      severity,
      message: `${fails} A local of that name exists elsewhere in the file and cannot be seen here.`,
    };
  }
  return {
    severity,
    message: nearby === undefined ? fails : `${fails} Did you mean \`${nearby}\`?`,
  };
}

/** Indexed, called, counted, compared or put together: nil allows none of it. */
function isOperatedOn(at: NameExpression, file: SourceFile): boolean {
  const parent = nodesOf(file.chunk).parentOf(at);
  switch (parent?.kind) {
    case 'Member':
    case 'Index':
    case 'MethodCall':
      return parent.object === at;
    case 'Call':
      return parent.callee === at;
    case 'Unary':
      return parent.operator !== 'not';
    case 'Binary':
      return !['and', 'or', '==', '~='].includes(parent.operator);
    default:
      return false;
  }
}

/** `if name then`, `name and …`, `name or …`, `type(name)`, `name == nil`: a test for its existence. */
function isGuarded(file: SourceFile, start: number): boolean {
  const before = file.text.slice(Math.max(0, start - 24), start);
  const after = file.text.slice(start).replace(/^\w+/, '');
  return (
    /\btype\s*\(\s*$|\brawget\s*\([^)]*$|\bnot\s+$/.test(before) ||
    /^\s*(?:[=~]=\s*nil\b|or\b|and\b)/.test(after) ||
    (/\b(?:if|elseif|and|or)\s+$/.test(before) && /^\s*then\b/.test(after))
  );
}

/** A name that only functions assign: a `local` was forgotten. */
export const accidentalGlobal: Check = ({ evaluator, file, report }) => {
  for (const [name, references] of file.bindings.globals) {
    if (LUA_GLOBALS.has(name) || name.startsWith('_')) continue;
    const writes = [...evaluator.program.files.values()].flatMap(
      (each) => each.bindings.globals.get(name)?.filter(({ isWrite }) => isWrite) ?? [],
    );
    if (writes.length === 0 || writes.some(({ within }) => within === undefined)) continue;
    // Read in another function than where it is written: shared on purpose, perhaps.
    const readers = [...evaluator.program.files.values()].flatMap(
      (each) => each.bindings.globals.get(name)?.filter(({ isWrite }) => !isWrite) ?? [],
    );
    const writers = new Set(writes.map(({ within }) => within));
    if (readers.some(({ within }) => !writers.has(within))) continue;
    const first = references.find(({ isWrite }) => isWrite);
    if (first === undefined) continue;
    report({
      code: 'accidental-global',
      at: first.name,
      severity: WARNING,
      message: `\`${name}\` becomes a global: every handler that runs in the same Lua context shares it, and each context has its own. Write \`local ${name}\`.`,
      page: 'userguide/general/lua.md',
      ...localFix(file, first.name, references),
    });
  }
};

/** `local` before the statement, where it would hold for every use of the name. */
function localFix(
  { chunk }: SourceFile,
  first: NameExpression,
  references: readonly Reference[],
): Pick<Report, 'fixes'> {
  const nodes = nodesOf(chunk);
  const statement = nodes.parentOf(first);
  const block = statement && nodes.parentOf(statement);
  const isOne =
    statement?.kind === 'Function' ||
    (statement?.kind === 'Assignment' && statement.targets.length === 1);
  if (statement === undefined || block?.kind !== 'Block' || !isOne) return {};
  const holds = references.every(({ name: { start, end } }) =>
    statement.kind === 'Function'
      ? start >= statement.start && end <= block.end
      : start === first.start || (start >= statement.end && end <= block.end),
  );
  if (!holds) return {};
  const at = { start: statement.start, end: statement.start };
  return {
    fixes: [{ title: 'Make it local', preferred: true, edits: [{ at, newText: 'local ' }] }],
  };
}
