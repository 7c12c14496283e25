/**
 * A delivery that failed and is answered with a text: kumod logs a Delivery and removes the message
 * (KumoMTA crates/kumod/src/lua_deliver.rs 238-272).
 */
import { ownNodes } from '../syntax/node-index.ts';
import type {
  Block,
  CallExpression,
  Expression,
  FunctionExpression,
  MethodCallExpression,
} from '../syntax/syntax-tree.ts';
import { walk, type Node } from '../syntax/walk.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { inFile } from '../values/by-file.ts';
import { sendFunctionsOf } from '../values/called-functions.ts';
import type { FunctionValue, Values } from '../values/value.ts';
import { ERROR, type Check, type CheckContext } from './check.ts';

const PAGE = 'reference/kumo/make_queue_config/protocol.md';
/** What a send does its work with; an error of theirs is a failed delivery. */
const WORK: ReadonlySet<string> = new Set([
  'kumo.amqp.basic_publish',
  'AmqpClient:publish',
  'AmqpClient:publish_with_timeout',
  'AmqpConfirm:wait',
  'HttpRequest:send',
  'KafkaProducer:send',
  'KafkaProducer:send_batch',
  'NatsClient:publish',
]);
/** True of an answer that is a failure. */
const SAYS_FAILED: ReadonlySet<string> = new Set([
  'HttpResponse:status_is_client_error',
  'HttpResponse:status_is_server_error',
]);
const SAYS_SUCCESS = 'HttpResponse:status_is_success';

export const failureAsSuccess: Check = (context) => {
  const { evaluator, file } = context;
  const seen = new Set<FunctionExpression>();
  for (const { value } of inFile(sendFunctionsOf(evaluator), file)) {
    if (seen.has(value.fn)) continue;
    seen.add(value.fn);
    checkBranches(context, value);
    checkDropped(context, value);
  }
};

/** `if not ok then return '250 …' end`: the branch of a failure that ends in a text. */
function checkBranches(context: CheckContext, { fn }: FunctionValue): void {
  const { evaluator, file, report } = context;
  for (const node of ownNodes(fn)) {
    if (node.kind !== 'If') continue;
    for (const { condition, body } of node.clauses) {
      const why = failureIn(context, condition);
      if (why === undefined || doesMore(context, body)) continue;
      for (const statement of body.statements) {
        if (statement.kind !== 'Return') continue;
        const [first] = statement.values;
        if (first === undefined || !isText(evaluator.valuesOf(file, first))) continue;
        report({
          code: 'failure-as-success',
          at: statement,
          severity: ERROR,
          message: `${why}, and a text is returned: kumod logs a Delivery and removes the message, which is lost. Raise an error to try again, or \`kumo.reject\`.`,
          page: PAGE,
        });
      }
    }
  }
}

/** What a condition says has failed; undefined where it may say something else. */
function failureIn(context: CheckContext, condition: Expression): string | undefined {
  if (condition.kind === 'Parenthesized') return failureIn(context, condition.inner);
  const { file, evaluator } = context;
  if (condition.kind === 'Unary' && condition.operator === 'not') {
    const { operand } = condition;
    if (operand.kind === 'Name' && isOkOfPcall(context, operand)) return 'pcall caught an error';
    if (operand.kind === 'MethodCall' && calls(context, operand) === SAYS_SUCCESS) {
      return 'The answer is no success';
    }
    return undefined;
  }
  if (condition.kind === 'MethodCall' && SAYS_FAILED.has(calls(context, condition) ?? '')) {
    return 'The answer is a failure';
  }
  if (condition.kind !== 'Binary' || condition.operator !== '==') return undefined;
  const { left, right } = condition;
  const isNack =
    right.kind === 'String' &&
    right.value === 'Nack' &&
    left.kind === 'Member' &&
    left.name === 'status' &&
    evaluator.valuesOf(file, left.object).length > 0;
  return isNack ? 'The broker refused the message' : undefined;
}

/** A local that holds the first result of pcall around work of the delivery. */
function isOkOfPcall(context: CheckContext, name: Expression & { kind: 'Name' }): boolean {
  const binding = context.file.bindings.bindingOf(name);
  const value = binding?.value;
  if (value === undefined || value.result !== 0 || value.expression.kind !== 'Call') return false;
  if (binding?.references.some(({ isWrite }) => isWrite) === true) return false;
  return isPcall(context, value.expression) && worksIn(context, value.expression);
}

/** Something else than telling about it may make up for the failure: another try, a queue of its own. */
function doesMore({ evaluator, file }: CheckContext, body: Block): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.kind === 'Call' || node.kind === 'MethodCall') {
      const callees = evaluator.calleesOf(file, node);
      found ||= !callees.every(
        (callee) =>
          (callee.kind === 'api-function' && /^kumo\.(?:log_|serde\.)/.test(callee.fullName)) ||
          (callee.kind === 'api-function' &&
            /^HttpResponse:|^Message:get_/.test(callee.fullName)) ||
          callee.kind === 'library',
      );
      found ||= callees.length === 0;
    }
    return !found;
  });
  return found;
}

/** `pcall(publish)` whose outcome nobody looks at, before a text is returned. */
function checkDropped(context: CheckContext, { fn, file }: FunctionValue): void {
  const { evaluator, report } = context;
  const { returns } = evaluator.exitsOf(file, fn);
  const isAlwaysText =
    returns.length > 0 &&
    returns.every(
      ({ values: [first] }) => first !== undefined && isText(evaluator.valuesOf(file, first)),
    );
  if (!isAlwaysText) return;
  const dropped = ownNodes(fn).flatMap((node) => {
    const call = droppedPcall(context, node);
    return call !== undefined && worksIn(context, call) ? [call] : [];
  });
  const [only] = dropped;
  // Another publish beside it may be the one that counts.
  if (
    only === undefined ||
    dropped.length !== 1 ||
    ownNodes(fn).some((node) => isWork(context, node))
  ) {
    return;
  }
  report({
    code: 'failure-as-success',
    at: only,
    severity: ERROR,
    message:
      'What pcall catches here is dropped, and a text is returned all the same: when this fails kumod logs a Delivery and removes the message, which is lost. Look at what pcall returns, and raise the error again.',
    page: PAGE,
  });
}

/** A pcall as a statement of its own, or whose results are never read. */
function droppedPcall(context: CheckContext, node: Node): CallExpression | undefined {
  if (node.kind === 'CallStatement' && node.call.kind === 'Call') {
    return isPcall(context, node.call) ? node.call : undefined;
  }
  if (node.kind !== 'Local' || node.values.length !== 1) return undefined;
  const [value] = node.values;
  if (value?.kind !== 'Call' || !isPcall(context, value)) return undefined;
  const isRead = node.names.some((name) => {
    const binding = context.file.bindings.bindingOf(name);
    return binding === undefined || binding.references.length > 0;
  });
  return isRead ? undefined : value;
}

function isPcall({ evaluator, file }: CheckContext, { callee }: CallExpression): boolean {
  return evaluator
    .valuesOf(file, callee)
    .some((value) => value.kind === 'library' && ['pcall', 'xpcall'].includes(value.name));
}

/** Whether what pcall calls does the work of the delivery. */
function worksIn(context: CheckContext, { args: [called] }: CallExpression): boolean {
  if (called === undefined) return false;
  return context.evaluator.valuesOf(context.file, called).some((value) => {
    if (value.kind === 'api-function') return WORK.has(value.fullName);
    if (value.kind !== 'function' || value.file !== context.file) return false;
    return ownNodes(value.fn).some((node) => isWork(context, node));
  });
}

function isWork(context: CheckContext, node: Node): boolean {
  if (node.kind !== 'Call' && node.kind !== 'MethodCall') return false;
  return WORK.has(calls(context, node) ?? '');
}

function calls(
  { evaluator }: CheckContext,
  node: CallExpression | MethodCallExpression,
): string | undefined {
  return apiCallsOf(evaluator).of(node)?.fullName;
}

function isText(values: Values): boolean {
  return values.length > 0 && values.every(({ kind }) => kind === 'string' || kind === 'number');
}
