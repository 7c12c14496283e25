/** Functions, fields and methods of KumoMTA that do not exist: the call fails when it is made. */
import { catalogue, findNamed } from '../catalogue/catalogue.ts';
import type { FunctionEntry, ModuleEntry, ObjectEntry } from '../catalogue/catalogue-contract.ts';
import { isNewerThan } from '../catalogue/releases.ts';
import type { Expression, Span } from '../syntax/syntax-tree.ts';
import { nodesOf } from '../syntax/node-index.ts';
import { LUA_MEMBERS, MEMBERS_OF_KUMOD } from '../values/library-members.ts';
import type { Value } from '../values/value.ts';
import { ERROR, INFORMATION, WARNING, type Check, type CheckContext } from './check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';

export const members: Check = (context) => {
  const nodes = nodesOf(context.file.chunk);
  for (const { object, name, nameSpan } of nodes.ofKind('Member')) {
    checkMember(context, object, name, nameSpan, false);
  }
  for (const { object, name, nameSpan } of nodes.ofKind('MethodCall')) {
    checkMember(context, object, name, nameSpan, true);
  }
};

function checkMember(
  context: CheckContext,
  object: Expression,
  name: string,
  at: Span,
  isMethod: boolean,
): void {
  if (name === '') return;
  const values = context.evaluator.valuesOf(context.file, object);
  const [value] = values;
  // Only what is certainly this one thing can certainly lack something.
  if (values.length !== 1 || value === undefined) return;
  const known = namesOf(value, isMethod);
  if (known === undefined || isAdded(context, value, name)) return;
  if (known.names.includes(name)) {
    checkVersion(context, value, name, at);
    return;
  }
  const meant = nearestName(name, known.names);
  // The helpers are Lua tables with more in them than is described: only a slip is told.
  if (meant === undefined && known.of.startsWith('`policy-extras.')) return;
  context.report({
    code: 'unknown-member',
    at,
    severity: ERROR,
    message:
      `${known.of} has no ${isMethod ? 'method' : 'function or field'} \`${name}\`, so using it raises an error.` +
      (meant === undefined ? '' : ` Did you mean \`${meant}\`?`),
    page: known.page,
    ...(meant === undefined
      ? {}
      : {
          fixes: [
            { title: `Change to ${meant}`, preferred: true, edits: [{ at, newText: meant }] },
          ],
        }),
  });
}

interface KnownNames {
  readonly names: readonly string[];
  readonly of: string;
  readonly page: string | undefined;
}

function namesOf(value: Value, isMethod: boolean): KnownNames | undefined {
  if (value.kind === 'module') return moduleNames(value.module);
  if (value.kind === 'library') return libraryNames(value.name, `\`${value.name}\``);
  if (value.kind === 'string') return libraryNames('string', 'A string');
  if (value.kind !== 'object' || value.object.indexed !== undefined) return undefined;
  return objectNames(value.object, isMethod);
}

function libraryNames(name: string, of: string): KnownNames | undefined {
  const own = LUA_MEMBERS[name];
  if (own === undefined) return undefined;
  return { names: [...own, ...(MEMBERS_OF_KUMOD[name] ?? [])], of, page: undefined };
}

/** A policy may add to Lua's libraries: `function string.split(…)`. */
function isAdded({ evaluator }: CheckContext, value: Value, name: string): boolean {
  if (value.kind !== 'library' && value.kind !== 'string') return false;
  return evaluator.writes.byName.has(name) || evaluator.writes.dynamic.length > 0;
}

function moduleNames(module: ModuleEntry): KnownNames | undefined {
  const own = [...module.functions, ...module.fields, ...(module.methods ?? [])];
  // Of modules whose inside is not described nothing can be said.
  if (own.length === 0) return undefined;
  const below = catalogue.modules
    .filter((each) => each.name.startsWith(`${module.name}.`))
    .map((each) => each.name.slice(module.name.length + 1).replace(/\..*/, ''));
  return {
    names: [...own.map((each) => each.name), ...below],
    of: `\`${module.name}\``,
    page: module.page,
  };
}

function objectNames(object: ObjectEntry, isMethod: boolean): KnownNames | undefined {
  if (object.readsAs !== undefined && !isMethod) return undefined;
  const own = isMethod ? object.methods : [...object.methods, ...object.fields];
  if (own.length === 0) return undefined;
  return { names: own.map((each) => each.name), of: object.name, page: object.page };
}

function checkVersion(context: CheckContext, value: Value, name: string, at: Span): void {
  for (const found of context.evaluator.memberOf(value, name, true)) {
    if (found.kind !== 'api-function') continue;
    const { entry, fullName } = found;
    if (context.kumomta !== undefined && isNewerThan(entry, context.kumomta)) {
      context.report({
        code: 'newer-than-kumomta',
        at,
        severity: WARNING,
        message: `\`${fullName}\` came with KumoMTA ${entry.since ?? 'after the newest release'}; this policy is for ${context.kumomta}, which does not have it.`,
        page: entry.page,
      });
    }
    if (entry.deprecated === undefined) continue;
    const { use, since } = entry.deprecated;
    // What takes other arguments is put in its place by a person.
    const parent = parentOf(fullName);
    const instead =
      use?.startsWith(`${parent}.`) === true && isCalledAlike(use, entry)
        ? use.slice(parent.length + 1)
        : undefined;
    context.report({
      code: 'deprecated',
      at,
      severity: INFORMATION,
      deprecated: true,
      message:
        `\`${fullName}\` is deprecated${since === undefined ? '' : ` since ${since}`}.` +
        (use === undefined ? '' : ` Use \`${use}\`.`),
      page: entry.page,
      ...(instead === undefined || use === undefined
        ? {}
        : { fixes: [{ title: `Use ${use}`, edits: [{ at, newText: instead }] }] }),
    });
  }
}

function isCalledAlike(use: string, { parameters, returns }: FunctionEntry): boolean {
  const found = findNamed(use);
  if (found?.kind !== 'function') return false;
  const typesOf = (each: Pick<FunctionEntry, 'parameters' | 'returns'>): string =>
    [...each.parameters.map(({ type }) => type), '', ...each.returns].join('|');
  return typesOf(found.function) === typesOf({ parameters, returns });
}

function parentOf(fullName: string): string {
  return fullName.slice(0, fullName.search(/[.:][^.:]*$/));
}
