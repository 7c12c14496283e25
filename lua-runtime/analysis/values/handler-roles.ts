/**
 * Which functions kumod calls, and with what: handlers that are registered with `kumo.on`, and the
 * methods of the objects that constructors return (KumoMTA crates/kumod/src/lua_deliver.rs 92-236).
 */
import { fieldOf } from '../syntax/field-names.ts';
import { findEvent, findObject, findPolicyNamedEvent } from '../catalogue/catalogue.ts';
import type { EventEntry } from '../catalogue/catalogue-contract.ts';
import type { CallExpression, Expression, FunctionExpression } from '../syntax/syntax-tree.ts';
import { nodesOf } from '../syntax/node-index.ts';
import type { Evaluator } from './evaluator.ts';
import { batchOf, luaProtocolsOf, type BatchSize, type LuaProtocol } from './queue-protocols.ts';
import type { SourceFile } from './source-file.ts';
import { valuesOfType } from './type-values.ts';
import {
  either,
  knownText,
  NIL,
  UNKNOWN,
  type FunctionValue,
  type TableValue,
  type Values,
} from './value.ts';

/** A `kumo.on(EVENT, HANDLER)` of the program. */
export interface HandlerRegistration {
  readonly file: SourceFile;
  readonly call: CallExpression;
  /** Undefined: the text does not tell the name. */
  readonly event: string | undefined;
  /** Undefined for an event that kumod does not fire by this name: a constructor's, perhaps. */
  readonly entry: EventEntry | undefined;
  readonly handler: Expression | undefined;
}

/** A function that makes connections: of an event that a queue config names, or of a log hook. */
export interface Constructor {
  readonly value: FunctionValue;
  /** Undefined where the text does not tell the event, and for log hooks. */
  readonly event: string | undefined;
  /** A queue config or a log hook names it: kumod calls it for certain. */
  readonly isNamed: boolean;
  /** What the queues that name it hand over. */
  readonly batches: readonly BatchSize[];
}

/** A constructor's object: what `send` is looked up in. */
export interface ConnectionTable {
  readonly constructor: Constructor;
  readonly table: TableValue;
}

export interface Roles {
  /** Every registration of the program, in the order of the files and their texts. */
  readonly registrations: readonly HandlerRegistration[];
  /** The handlers of no known event, and what log hooks are given. */
  readonly constructors: readonly Constructor[];
  /** The tables that constructors return: connection objects. */
  readonly connections: readonly ConnectionTable[];
  /** Every `custom_lua = { … }` of the program. */
  readonly protocols: readonly LuaProtocol[];
  /** What kumod gives to the parameters that are written, by function. */
  readonly arguments: ReadonlyMap<FunctionExpression, readonly Values[]>;
}

const MESSAGE: Values = messageValues();
const METHODS: Readonly<Record<string, Values>> = {
  send: MESSAGE,
  send_batch: [{ kind: 'array', elements: MESSAGE }],
};
/** Where a queue config names the event of its constructor. */
const CONSTRUCTOR_FIELD = 'CustomLuaProtocol.constructor';

/** @param evaluator one that knows no roles yet: to it every parameter is unknown */
export function findRoles(evaluator: Evaluator): Roles {
  const registrations = findRegistrations(evaluator);
  const protocols = luaProtocolsOf(evaluator);
  const constructors = [
    ...registrations.flatMap((each) => constructorsOf(evaluator, each, protocols)),
    ...hookConstructors(evaluator),
  ];
  const connections = constructors.flatMap((each) => connectionsOf(evaluator, each));
  return {
    registrations,
    constructors,
    connections,
    protocols,
    arguments: argumentsOf(evaluator, registrations, constructors, connections),
  };
}

function findRegistrations(evaluator: Evaluator): HandlerRegistration[] {
  const found: HandlerRegistration[] = [];
  for (const file of evaluator.program.files.values()) {
    for (const call of nodesOf(file.chunk).ofKind('Call')) {
      if (!isKumoOn(evaluator, file, call)) continue;
      const [name, handler] = call.args;
      const event = name && knownText(evaluator.valuesOf(file, name));
      const entry = event === undefined ? undefined : findEvent(event);
      found.push({ file, call, event, entry, handler });
    }
  }
  return found;
}

function isKumoOn(evaluator: Evaluator, file: SourceFile, { callee }: CallExpression): boolean {
  // Most calls are told apart by their last name, without following anything.
  if (callee.kind === 'Member' && callee.name !== 'on') return false;
  return evaluator
    .valuesOf(file, callee)
    .some((value) => value.kind === 'api-function' && value.fullName === 'kumo.on');
}

function constructorsOf(
  evaluator: Evaluator,
  { file, handler, entry, event }: HandlerRegistration,
  protocols: readonly LuaProtocol[],
): readonly Constructor[] {
  if (handler === undefined || entry !== undefined) return [];
  const naming = protocols.filter((each) => each.constructor === event && event !== undefined);
  return evaluator
    .valuesOf(file, handler)
    .flatMap((value) =>
      value.kind === 'function'
        ? [{ value, event, isNamed: naming.length > 0, batches: naming.map(({ batch }) => batch) }]
        : [],
    );
}

/** `log_hooks:new { constructor = function … }` (KumoMTA assets/policy-extras/log_hooks.lua 97-200). */
function hookConstructors(evaluator: Evaluator): readonly Constructor[] {
  return [...evaluator.program.files.values()].flatMap((file) =>
    nodesOf(file.chunk)
      .ofKind('MethodCall')
      .filter(({ name }) => name === 'new')
      .flatMap((call) => {
        const [options] = call.args;
        const isHook = evaluator
          .calleesOf(file, call)
          .some(
            (each) =>
              each.kind === 'api-function' && each.fullName === 'policy-extras.log_hooks.new',
          );
        if (!isHook || options?.kind !== 'Table') return [];
        const given = fieldOf(options, 'constructor');
        const batches = [batchOf(evaluator, file, options)];
        return (given === undefined ? [] : evaluator.valuesOf(file, given)).flatMap((value) =>
          value.kind === 'function' ? [{ value, event: undefined, isNamed: true, batches }] : [],
        );
      }),
  );
}

function connectionsOf(evaluator: Evaluator, constructor: Constructor): readonly ConnectionTable[] {
  const { file, fn } = constructor.value;
  const [returned = []] = evaluator.returnedBy(file, fn);
  return returned.flatMap((table) => (table.kind === 'table' ? [{ constructor, table }] : []));
}

function argumentsOf(
  evaluator: Evaluator,
  registrations: readonly HandlerRegistration[],
  constructors: readonly Constructor[],
  connections: readonly ConnectionTable[],
): Map<FunctionExpression, readonly Values[]> {
  const all = new Map<FunctionExpression, readonly Values[]>();
  /** A function that several events share gets what any of them gives. */
  const give = (fn: FunctionExpression, values: readonly Values[]): void => {
    const before = all.get(fn);
    const length = Math.max(values.length, before?.length ?? 0);
    all.set(
      fn,
      before === undefined
        ? values
        : Array.from({ length }, (_, i) => either(before[i] ?? NIL, values[i] ?? NIL)),
    );
  };
  for (const { file, handler, entry } of registrations) {
    if (handler === undefined || entry === undefined) continue;
    const values = entry.parameters.map(({ type }) => valuesOfType(type));
    for (const value of evaluator.valuesOf(file, handler)) {
      if (value.kind === 'function') give(value.fn, values);
    }
  }
  const constructorEvent = findPolicyNamedEvent(CONSTRUCTOR_FIELD);
  const ofConstructor = constructorEvent?.parameters.map(({ type }) => valuesOfType(type)) ?? [];
  const connecting = new Set(connections.map(({ constructor }) => constructor.value.fn));
  for (const { value, isNamed } of constructors) {
    // Of a name that is neither, any field of the policy may have made an event of its own.
    if (isNamed || connecting.has(value.fn)) give(value.fn, ofConstructor);
  }
  for (const { table } of connections) {
    for (const [name, message] of Object.entries(METHODS)) {
      for (const value of evaluator.tables.field(table, name)) {
        if (value.kind !== 'function') continue;
        const isMethod = evaluator.writes.methods.has(value.fn);
        give(value.fn, isMethod ? [message] : [[table], message]);
      }
    }
  }
  // What the policy calls itself gets from there what the text may not tell.
  for (const fn of calledByPolicy(evaluator, registrations, all)) {
    all.set(
      fn,
      (all.get(fn) ?? []).map((values) => either(values, UNKNOWN)),
    );
  }
  return all;
}

/** Handlers that a call of the policy leads to as well. */
function calledByPolicy(
  evaluator: Evaluator,
  registrations: readonly HandlerRegistration[],
  handlers: ReadonlyMap<FunctionExpression, unknown>,
): readonly FunctionExpression[] {
  // A function that is only written as an argument has no name that could be called.
  const names = new Set(
    registrations.flatMap(({ handler }) => (handler?.kind === 'Name' ? [handler.name] : [])),
  );
  return [...evaluator.program.files.values()].flatMap((file) => {
    const nodes = nodesOf(file.chunk);
    const calls = [
      ...nodes
        .ofKind('Call')
        .filter(({ callee }) => callee.kind === 'Name' && names.has(callee.name)),
      ...nodes.ofKind('MethodCall').filter(({ name }) => name in METHODS),
    ];
    return calls.flatMap((call) =>
      evaluator
        .calleesOf(file, call)
        .flatMap((each) => (each.kind === 'function' && handlers.has(each.fn) ? [each.fn] : [])),
    );
  });
}

function messageValues(): Values {
  const object = findObject('Message');
  return object === undefined ? UNKNOWN : [{ kind: 'object', object }];
}
