import { latestCall } from '../bridge/latest-call.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { buildQueueName, type QueueParts } from './queue-name.ts';
import { useSimulate } from './simulate-store.ts';

const parse = latestCall<string>(async (queue, isLatest) => {
  const parts = await workbench.call('queueName.parse', { queue });
  if (!isLatest()) return;
  useSimulate.setState({
    parts: {
      domain: parts.domain,
      tenant: parts.tenant ?? '',
      campaign: parts.campaign ?? '',
      routingDomain: parts.routingDomain ?? '',
    },
  });
}, 30);

/** The queue name was typed: its parts follow, by kumod's own grammar. */
export function editQueueName(queue: string): void {
  useSimulate.setState({ queue });
  parse(queue);
}

/** A part was typed: the queue name follows. */
export function editQueuePart(part: keyof QueueParts, value: string): void {
  parse.cancel();
  const parts = { ...useSimulate.getState().parts, [part]: value };
  useSimulate.setState({ parts, queue: buildQueueName(parts) });
}
