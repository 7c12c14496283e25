/** One delivery through the queue `amqp`, to its end. */
import type { PolicyRuntime } from '../../../lua-runtime/kumod/runtime-contract.ts';
import { messageInput } from '../kumod/policy-run.ts';

export function deliverOne(runtime: PolicyRuntime): void {
  const session = runtime.openSession({
    session: 1,
    session_id: '11111111-1111-4111-8111-111111111111',
    nodeid: '22222222-2222-4222-8222-222222222222',
    resolution: runtime.resolveQueue('amqp'),
  });
  session.deliver(messageInput({ meta: { campaign: 'spring', n: 3 } }));
  session.close();
}
