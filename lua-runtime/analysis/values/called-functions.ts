/** The functions of a program that kumod calls: handlers, and what connections send with. */
import type { ProgramEvaluator } from './evaluator.ts';
import type { ConnectionTable, HandlerRegistration } from './handler-roles.ts';
import type { SourceFile } from './source-file.ts';
import type { FunctionValue } from './value.ts';

/** A function that is registered for an event. */
export interface HandlerFunction {
  /** Where the function stands, which may be a module. */
  readonly file: SourceFile;
  readonly value: FunctionValue;
  readonly registration: HandlerRegistration;
}

/** A `send` or `send_batch` of a connection object. */
export interface SendFunction {
  readonly file: SourceFile;
  readonly name: 'send' | 'send_batch';
  readonly value: FunctionValue;
  readonly connection: ConnectionTable;
}

const handlers = new WeakMap<ProgramEvaluator, readonly HandlerFunction[]>();
const sends = new WeakMap<ProgramEvaluator, readonly SendFunction[]>();

/** Of every registration whose handler the text tells. */
export function handlerFunctionsOf(evaluator: ProgramEvaluator): readonly HandlerFunction[] {
  let found = handlers.get(evaluator);
  if (found === undefined) {
    found = evaluator.roles.registrations.flatMap((registration) => {
      const { handler, file } = registration;
      if (handler === undefined) return [];
      return evaluator
        .valuesOf(file, handler)
        .flatMap((value) =>
          value.kind === 'function' ? [{ file: value.file, value, registration }] : [],
        );
    });
    handlers.set(evaluator, found);
  }
  return found;
}

/** Each function once for every connection that has it. */
export function sendFunctionsOf(evaluator: ProgramEvaluator): readonly SendFunction[] {
  let found = sends.get(evaluator);
  if (found === undefined) {
    found = evaluator.roles.connections.flatMap((connection) =>
      (['send', 'send_batch'] as const).flatMap((name) =>
        evaluator.tables
          .field(connection.table, name)
          .flatMap((value) =>
            value.kind === 'function' ? [{ file: value.file, name, value, connection }] : [],
          ),
      ),
    );
    sends.set(evaluator, found);
  }
  return found;
}
