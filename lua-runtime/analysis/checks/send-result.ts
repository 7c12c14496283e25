/**
 * What `send` and `send_batch` must give: a string (or number) on every path, else kumod logs a
 * TransientFailure although the message has gone out, and sends it again
 * (KumoMTA crates/kumod/src/lua_deliver.rs 192-361).
 */
import { inFile } from '../values/by-file.ts';
import { sendFunctionsOf } from '../values/called-functions.ts';
import { fallsOffForCertain } from '../values/falls-off.ts';
import type { FunctionValue, Value, Values } from '../values/value.ts';
import { ERROR, type Check, type CheckContext, type Report } from './check.ts';

const PAGE = 'reference/kumo/make_queue_config/protocol.md';
const LUA_NAMES: Partial<Record<Value['kind'], string>> = {
  nil: 'nil',
  boolean: 'boolean',
  table: 'table',
  array: 'table',
  function: 'function',
  'api-function': 'function',
  library: 'function',
  object: 'userdata',
  module: 'table',
};

export const sendResult: Check = (context) => {
  const seen = new Set<FunctionValue['fn']>();
  for (const { value, name } of inFile(sendFunctionsOf(context.evaluator), context.file)) {
    if (seen.has(value.fn)) continue;
    seen.add(value.fn);
    checkFunction(context, value, name);
  }
};

function checkFunction(context: CheckContext, { file, fn }: FunctionValue, name: string): void {
  const { returns } = context.evaluator.exitsOf(file, fn);
  for (const statement of returns) {
    const [first] = statement.values;
    if (first === undefined) {
      reportMissing(context, statement, name, 'nil');
      continue;
    }
    const wrong = wrongKind(context.evaluator.valuesOf(file, first));
    if (wrong !== undefined) reportMissing(context, first, name, wrong);
  }
  if (fallsOffForCertain(context.evaluator, file, fn)) {
    const end = { start: Math.max(fn.start, fn.end - 'end'.length), end: fn.end };
    reportMissing(context, end, name, 'nil');
  }
}

/** The type that kumod cannot convert, when it is certain that no other comes out. */
function wrongKind(values: Values): string | undefined {
  const names = values.map(({ kind }) => LUA_NAMES[kind]);
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return names[0];
}

function reportMissing(
  context: CheckContext,
  at: { readonly start: number; readonly end: number },
  name: string,
  type: string,
): void {
  const what = type === 'nil' ? 'no string' : `a ${type} and no string`;
  context.report({
    code: 'send-without-string',
    at,
    severity: ERROR,
    message: `Here \`${name}\` returns ${what}: kumod logs "error converting Lua ${type} to String" as a TransientFailure and sends the message again, although it may have gone out. Return a text such as '250 ok', or raise an error.`,
    page: PAGE,
  });
}

/** A connection object without the method that kumod calls. */
export const sendMissing: Check = ({ evaluator, file, report }) => {
  for (const { constructor, table } of evaluator.roles.connections) {
    if (table.file !== file || !constructor.isNamed) continue;
    const lacks = (name: string): boolean =>
      evaluator.tables.field(table, name).every(({ kind }) => kind === 'nil');
    const at = { start: table.table.start, end: table.table.start + 1 };
    if (lacks('send') && lacks('send_batch')) {
      report({ ...missing('send', 'has no `send`'), at });
      continue;
    }
    const several = constructor.batches.filter((batch) => batch.kind === 'several');
    const isOne = constructor.batches.every(({ kind }) => kind === 'one');
    if (isOne && lacks('send')) {
      report({
        ...missing('send', 'has no `send`, and its queue hands over one message at a time'),
        at,
      });
    } else if (several.length > 0 && lacks('send_batch')) {
      report({
        ...missing('send_batch', 'has no `send_batch`, and its queue sets `batch_size`'),
        at,
      });
    }
  }
};

function missing(method: string, what: string): Omit<Report, 'at'> {
  return {
    code: 'send-missing',
    severity: ERROR,
    message: `The object that this constructor returns ${what}: every message fails with "sender:${method} method not found" and is tried again until it expires.`,
    page: PAGE,
  };
}
