/**
 * A colon where a dot belongs, and the other way round: the module or object itself becomes an argument,
 * or is missing (Lua 5.4 manual §3.4.10).
 */
import { nodesOf } from '../syntax/node-index.ts';
import type { Values } from '../values/value.ts';
import { ERROR, type Check } from './check.ts';

export const callForm: Check = ({ evaluator, file, report }) => {
  const nodes = nodesOf(file.chunk);
  for (const call of nodes.ofKind('MethodCall')) {
    const values = evaluator.valuesOf(file, call.object);
    const [only] = values;
    if (values.length !== 1 || only?.kind !== 'module') continue;
    const { module } = only;
    const entry = module.functions.find(({ name }) => name === call.name);
    if (entry === undefined || module.methods?.some(({ name }) => name === call.name)) continue;
    const at = { start: call.object.end, end: call.nameSpan.start };
    report({
      code: 'call-form',
      severity: ERROR,
      message: `\`${module.name}.${call.name}\` is a function and no method: with a colon the module itself becomes its first argument, and kumod raises an error.`,
      at: { start: at.start, end: call.nameSpan.end },
      page: entry.page,
      fixes: [{ title: 'Call it with a dot', preferred: true, edits: [{ at, newText: '.' }] }],
    });
  }
  for (const call of nodes.ofKind('Call')) {
    const { callee } = call;
    if (callee.kind !== 'Member') continue;
    const values = evaluator.valuesOf(file, callee.object);
    const [only] = values;
    if (values.length !== 1 || only === undefined) continue;
    const of = methodOf(only, callee.name);
    if (of === undefined) continue;
    // `object.method(object, …)` is the long form of the same.
    const [first] = call.args;
    if (first !== undefined && mayBeSelf(evaluator.valuesOf(file, first), of.object)) continue;
    const at = { start: callee.object.end, end: callee.nameSpan.start };
    report({
      code: 'call-form',
      severity: ERROR,
      message: `\`${callee.name}\` is a method of ${of.of}: with a dot the object itself is missing, and kumod raises an error.`,
      at: { start: at.start, end: callee.nameSpan.end },
      page: of.page,
      fixes: [{ title: 'Call it with a colon', preferred: true, edits: [{ at, newText: ':' }] }],
    });
  }
};

interface Method {
  readonly of: string;
  /** Undefined for the modules of policy-extras, which are their own objects. */
  readonly object: string | undefined;
  readonly page: string | undefined;
}

function methodOf(value: Values[number], name: string): Method | undefined {
  if (value.kind === 'object') {
    const method = value.object.methods.find((each) => each.name === name);
    // What is a field too can be called as it is.
    const isField = value.object.fields.some((each) => each.name === name);
    if (method === undefined || isField || value.object.indexed !== undefined) return undefined;
    return { of: value.object.name, object: value.object.name, page: method.page };
  }
  if (value.kind !== 'module') return undefined;
  const method = value.module.methods?.find((each) => each.name === name);
  const isFunction = value.module.functions.some((each) => each.name === name);
  if (method === undefined || isFunction) return undefined;
  return { of: `\`${value.module.name}\``, object: undefined, page: method.page };
}

function mayBeSelf(values: Values, object: string | undefined): boolean {
  return values.some(
    (value) =>
      value.kind === 'unknown' ||
      (object === undefined ? value.kind === 'module' : value.kind === 'object'),
  );
}
