/**
 * Clients of brokers and servers: made once for a session in the constructor, closed by `close`. One for each
 * message means a connection for each message; one that is never closed stays open until Lua collects it
 * (KumoMTA crates/mod-amqp/src/lapin_client.rs 166-194).
 */
import { nodesOf, ownNodes } from '../syntax/node-index.ts';
import type { FunctionExpression } from '../syntax/syntax-tree.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import { inFile } from '../values/by-file.ts';
import { sendFunctionsOf } from '../values/called-functions.ts';
import { isPolicy } from '../values/required-files.ts';
import { HINT, WARNING, type Check, type CheckContext } from './check.ts';

const AMQP = 'kumo.amqp.build_client';
/** They open a connection for each object. */
const BUILDERS = [AMQP, 'kumo.http.build_client', 'kumo.kafka.build_producer', 'kumo.nats.connect'];

export const clients: Check = (context) => {
  const { evaluator, file, report } = context;
  const built = apiCallsOf(evaluator).in(file, ...BUILDERS);
  if (built.length === 0) return;
  const nodes = nodesOf(file.chunk);
  // `kumod --script` runs the main chunk once, and then this.
  const isScript = evaluator.roles.registrations.some(({ event }) => event === 'main');
  const within = (fn: FunctionExpression): ApiCall[] =>
    built.filter(({ call }) => call.start >= fn.start && call.end <= fn.end);
  for (const each of built) {
    // Building an HTTP client connects to nothing yet.
    if (each.fullName === 'kumo.http.build_client') continue;
    if (nodes.functionAround(each.call) !== undefined) continue;
    if (!isPolicy(evaluator.program, file) || isScript) continue;
    report({
      code: 'client-in-main-chunk',
      at: each.call,
      severity: WARNING,
      message:
        'kumod runs the main chunk again for every Lua context, hundreds of times: each opens a connection of its own that nobody closes, also under `kumod --validate`. Build the client in the constructor.',
      page: each.entry.page,
    });
  }
  for (const { value, name } of inFile(sendFunctionsOf(evaluator), file)) {
    for (const each of within(value.fn)) {
      report({
        code: 'client-per-message',
        at: each.call,
        severity: WARNING,
        message: `A client is built for ${name === 'send' ? 'each message' : 'each batch'}: each opens a connection of its own, and the message waits for it. Build it in the constructor, before \`${name}\`.`,
        page: each.entry.page,
      });
    }
  }
  for (const { table, constructor } of evaluator.roles.connections) {
    if (table.file !== file) continue;
    const closes = evaluator.tables.field(table, 'close').some(({ kind }) => kind !== 'nil');
    if (closes || constructor.value.file !== file) continue;
    const own = new Set(ownNodes(constructor.value.fn));
    for (const each of within(constructor.value.fn)) {
      if (each.fullName === AMQP && own.has(each.call)) reportUnclosed(context, each);
    }
  }
};

function reportUnclosed({ report }: CheckContext, { call, entry }: ApiCall): void {
  report({
    code: 'client-not-closed',
    at: call,
    severity: HINT,
    message:
      'Nothing closes this client: kumod calls `close` of the object when the session ends. Without it the connection stays until Lua collects it.',
    page: entry.page,
  });
}
