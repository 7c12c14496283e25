/**
 * What handlers must give: an object of the right kind on every path, where kumod converts the result
 * (KumoMTA crates/config/src/lib.rs 269-345, 779-872).
 */
import { findObject } from '../catalogue/catalogue.ts';
import type { EventEntry } from '../catalogue/catalogue-contract.ts';
import { membersOf, resolveType } from '../catalogue/resolve-type.ts';
import { parseType, type TypeNode } from '../catalogue/type-text.ts';
import { inFile } from '../values/by-file.ts';
import { handlerFunctionsOf } from '../values/called-functions.ts';
import { fallsOffForCertain } from '../values/falls-off.ts';
import type { Expression } from '../syntax/syntax-tree.ts';
import type { SourceFile } from '../values/source-file.ts';
import type { FunctionValue, Value, Values } from '../values/value.ts';
import { ERROR, type Check, type CheckContext, type Report } from './check.ts';

interface Expected {
  readonly event: string;
  readonly page: string | undefined;
  readonly members: readonly TypeNode[];
  /** What kumod calls the type in its error. */
  readonly typeName: string;
  /** What returning nothing leads to; undefined: that is an answer. */
  readonly withoutValue: string | undefined;
  /** An explicit nil is told by return-nil.ts. */
  readonly isMulti: boolean;
}

/** A truth value is made of anything. */
const TAKES_ANYTHING = new Set(['should_enqueue_log_record', 'rebind_message']);

export const handlerResult: Check = (context) => {
  const { evaluator, file } = context;
  for (const { value, registration } of inFile(handlerFunctionsOf(evaluator), file)) {
    const { entry } = registration;
    if (entry === undefined || entry.returns.length === 0 || TAKES_ANYTHING.has(entry.name))
      continue;
    check(context, value, expectedOf(entry));
  }
  for (const { value, event, isNamed } of evaluator.roles.constructors) {
    if (value.file === file && isNamed) check(context, value, connectionOf(event));
  }
};

function expectedOf(entry: EventEntry): Expected {
  const members = membersOf(resolveType(parseType(entry.returns[0] ?? 'any')));
  const named = members.find((each) => each.kind === 'name' && each.name !== 'nil');
  const typeName = named?.kind === 'name' ? named.name : 'the result';
  return {
    event: entry.name,
    page: entry.page,
    members,
    typeName,
    withoutValue:
      entry.mustReturn === true
        ? `kumod raises "error converting Lua nil to ${typeName}". ${entry.onError}`
        : undefined,
    isMulti: entry.multi,
  };
}

function connectionOf(event: string | undefined): Expected {
  return {
    event: event ?? 'the log hook',
    page: 'reference/kumo/make_queue_config/protocol.md',
    members: [{ kind: 'name', name: 'table' }],
    typeName: 'table',
    withoutValue:
      'every message fails with "invalid connection object" and is tried again until it expires. Return the object that has `send`.',
    isMulti: false,
  };
}

function check(context: CheckContext, { file, fn }: FunctionValue, expected: Expected): void {
  const { evaluator, report } = context;
  const { returns } = evaluator.exitsOf(file, fn);
  const missing = (at: { readonly start: number; readonly end: number }): void => {
    if (expected.withoutValue === undefined) return;
    report({
      code: 'missing-return',
      at,
      severity: ERROR,
      message: `Here the handler of ${quoted(expected.event)} returns nothing: ${expected.withoutValue}`,
      page: expected.page,
    });
  };
  for (const statement of returns) {
    const [first] = statement.values;
    if (first === undefined) {
      missing(statement);
      continue;
    }
    const values = evaluator.valuesOf(file, first);
    if (values.length === 0 || values.some((value) => fits(value, expected))) continue;
    if (values.every(({ kind }) => kind === 'nil')) {
      // `return f()` where f gives nothing is no value at all, and `return nil` is told elsewhere.
      if (!expected.isMulti) missing(statement);
      continue;
    }
    const wrong = values.find(({ kind }) => kind !== 'nil');
    if (wrong === undefined) continue;
    report({
      code: 'wrong-return',
      at: first,
      severity: ERROR,
      message: `The handler of ${quoted(expected.event)} gives a ${luaType(wrong)} here: ${failure(wrong, expected)}`,
      page: expected.page,
      ...makerFix(file, first, expected),
    });
  }
  if (fallsOffForCertain(evaluator, file, fn)) {
    missing({ start: Math.max(fn.start, fn.end - 'end'.length), end: fn.end });
  }
}

function fits(value: Value, { members, typeName }: Expected): boolean {
  switch (value.kind) {
    case 'unknown':
      return true;
    case 'nil':
      return false;
    case 'object':
      return (
        typeName === 'table' ||
        members.some((each) => each.kind === 'name' && each.name === value.object.name)
      );
    case 'table':
    case 'array':
      return members.some(
        (each) => each.kind !== 'name' || (findObject(each.name) === undefined && !isPlain(each)),
      );
    case 'string':
    case 'number':
      return members.some(
        (each) => isPlain(each) && each.name !== 'boolean' && each.name !== 'nil',
      );
    case 'boolean':
      return members.some((each) => each.kind === 'name' && each.name === 'boolean');
    default:
      return false;
  }
}

function isPlain(type: TypeNode): type is Extract<TypeNode, { kind: 'name' }> {
  return (
    type.kind === 'name' &&
    ['string', 'integer', 'number', 'boolean', 'nil', 'duration', 'throttle'].includes(type.name)
  );
}

function failure(value: Value, { typeName, event }: Expected): string {
  if (typeName === 'table') return `every message fails with "invalid connection object".`;
  if (value.kind === 'object') {
    return `kumod raises an error, because it is no ${typeName} but a ${value.object.name}.`;
  }
  const maker = MAKERS[typeName];
  return (
    `kumod raises "error converting Lua ${luaType(value)} to ${typeName}".` +
    (maker === undefined || event === '' ? '' : ` Make one with \`${maker}\`.`)
  );
}

/** Puts the constructor before a table that is written out. */
function makerFix(
  file: SourceFile,
  returned: Expression,
  { typeName }: Expected,
): Pick<Report, 'fixes'> {
  const maker = MAKERS[typeName];
  const hasKumo = file.bindings.visibleAt(returned.start).some(({ name }) => name === 'kumo');
  if (maker === undefined || returned.kind !== 'Table' || !hasKumo) return {};
  const at = { start: returned.start, end: returned.start };
  return {
    fixes: [
      { title: `Make one with ${maker}`, preferred: true, edits: [{ at, newText: `${maker} ` }] },
    ],
  };
}

const MAKERS: Readonly<Record<string, string>> = {
  QueueConfig: 'kumo.make_queue_config',
  EgressPathConfig: 'kumo.make_egress_path',
  EgressPool: 'kumo.make_egress_pool',
  EgressSource: 'kumo.make_egress_source',
  ListenerDomain: 'kumo.make_listener_domain',
};

function luaType({ kind }: Values[number]): string {
  switch (kind) {
    case 'object':
      return 'userdata';
    case 'array':
    case 'module':
      return 'table';
    case 'api-function':
    case 'library':
      return 'function';
    default:
      return kind;
  }
}

function quoted(event: string): string {
  return event.startsWith('the ') ? event : `'${event}'`;
}
