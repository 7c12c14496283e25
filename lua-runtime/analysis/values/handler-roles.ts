/**
 * Which functions kumod calls, and with what: handlers that are registered with `kumo.on`, and the
 * methods of the objects that constructors return (KumoMTA crates/kumod/src/lua_deliver.rs 92-236).
 */
import { findEvent, findObject, findPolicyNamedEvent } from '../catalogue/catalogue.ts';
import type { EventEntry } from '../catalogue/catalogue-contract.ts';
import type { CallExpression, Expression, FunctionExpression } from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import type { Evaluator } from './evaluator.ts';
import type { SourceFile } from './source-file.ts';
import { valuesOfType } from './type-values.ts';
import { knownText, UNKNOWN, type FunctionValue, type TableValue, type Values } from './value.ts';

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

/** A constructor's object: what `send` is looked up in. */
export interface ConnectionTable {
  readonly registration: HandlerRegistration;
  readonly constructorFunction: FunctionValue;
  readonly table: TableValue;
}

export interface Roles {
  /** Every registration of the program, in the order of the files and their texts. */
  readonly registrations: readonly HandlerRegistration[];
  /** The tables that handlers of no known event return: connection objects. */
  readonly connections: readonly ConnectionTable[];
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
  const connections = registrations.flatMap((each) => connectionsOf(evaluator, each));
  return {
    registrations,
    connections,
    arguments: argumentsOf(evaluator, registrations, connections),
  };
}

function findRegistrations(evaluator: Evaluator): HandlerRegistration[] {
  const found: HandlerRegistration[] = [];
  for (const file of evaluator.program.files.values()) {
    walk(file.chunk, (node) => {
      if (node.kind !== 'Call' || !isKumoOn(evaluator, file, node)) return true;
      const [name, handler] = node.args;
      const event = name && knownText(evaluator.valuesOf(file, name));
      const entry = event === undefined ? undefined : findEvent(event);
      found.push({ file, call: node, event, entry, handler });
      return true;
    });
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

function connectionsOf(
  evaluator: Evaluator,
  registration: HandlerRegistration,
): readonly ConnectionTable[] {
  const { file, handler, entry } = registration;
  if (handler === undefined || entry !== undefined) return [];
  return evaluator.valuesOf(file, handler).flatMap((value) => {
    if (value.kind !== 'function') return [];
    const [returned = []] = evaluator.returnedBy(value.file, value.fn);
    return returned
      .filter((each) => each.kind === 'table')
      .map((table) => ({ registration, constructorFunction: value, table }));
  });
}

function argumentsOf(
  evaluator: Evaluator,
  registrations: readonly HandlerRegistration[],
  connections: readonly ConnectionTable[],
): Map<FunctionExpression, readonly Values[]> {
  const all = new Map<FunctionExpression, readonly Values[]>();
  const constructorEvent = findPolicyNamedEvent(CONSTRUCTOR_FIELD);
  for (const { file, handler, entry, event } of registrations) {
    // A name that the text does not tell may be any event's.
    const called = entry ?? (event === undefined ? undefined : constructorEvent);
    if (handler === undefined || called === undefined) continue;
    const values = called.parameters.map(({ type }) => valuesOfType(type));
    for (const value of evaluator.valuesOf(file, handler)) {
      if (value.kind === 'function') all.set(value.fn, values);
    }
  }
  for (const { table } of connections) {
    for (const [name, message] of Object.entries(METHODS)) {
      for (const value of evaluator.tables.field(table, name)) {
        if (value.kind !== 'function') continue;
        const isMethod = evaluator.writes.methods.has(value.fn);
        all.set(value.fn, isMethod ? [message] : [[table], message]);
      }
    }
  }
  return all;
}

function messageValues(): Values {
  const object = findObject('Message');
  return object === undefined ? UNKNOWN : [{ kind: 'object', object }];
}
