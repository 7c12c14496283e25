/**
 * AMQP clients: made once for a session in the constructor, closed by `close`. One for each message means
 * a connection for each message; one that is never closed stays open until Lua collects it
 * (KumoMTA crates/mod-amqp/src/lapin_client.rs 166-194).
 */
import { walk } from '../syntax/walk.ts';
import { HINT, WARNING, type Check, type CheckContext } from './check.ts';

const PAGE = 'reference/kumo.amqp/build_client.md';

export const amqpClients: Check = (context) => {
  const { evaluator, file, report } = context;
  for (const { table, constructorFunction } of evaluator.roles.connections) {
    if (table.file !== file) continue;
    for (const name of ['send', 'send_batch']) {
      for (const value of evaluator.tables.field(table, name)) {
        if (value.kind !== 'function' || value.file !== file) continue;
        forClients(context, value.fn.body, (at) => {
          report({
            code: 'client-per-message',
            at,
            severity: WARNING,
            message: `A client is built for each message: each opens a connection of its own and waits up to 20 s for it. Build it in the constructor, before \`${name}\`.`,
            page: PAGE,
          });
        });
      }
    }
    const closes = evaluator.tables.field(table, 'close').some(({ kind }) => kind !== 'nil');
    if (closes || constructorFunction.file !== file) continue;
    forClients(context, constructorFunction.fn.body, (at, isInner) => {
      if (isInner) return;
      report({
        code: 'client-not-closed',
        at,
        severity: HINT,
        message:
          'Nothing closes this client: kumod calls `close` of the object when the session ends. Without it the connection stays until Lua collects it.',
        page: PAGE,
      });
    });
  }
};

function forClients(
  { evaluator, file }: CheckContext,
  body: Parameters<typeof walk>[0],
  found: (at: { start: number; end: number }, isInner: boolean) => void,
): void {
  const visit = (node: Parameters<typeof walk>[0], isInner: boolean): void => {
    walk(node, (each) => {
      if (each.kind === 'FunctionExpression') {
        visit(each.body, true);
        return false;
      }
      if (each.kind !== 'Call') return true;
      const builds = evaluator
        .valuesOf(file, each.callee)
        .some(
          (value) => value.kind === 'api-function' && value.fullName === 'kumo.amqp.build_client',
        );
      if (builds) found(each, isInner);
      return true;
    });
  };
  visit(body, false);
}
