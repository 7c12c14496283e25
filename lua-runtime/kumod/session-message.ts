/** A message on its way into a session, and what the log says of it on its way out. */
import { addressDomain, formatAddress } from '../kumo/envelope-address.ts';
import { PolicyMessage } from '../kumo/policy-message.ts';
import { receptionProtocol, type RecordedMessage } from './delivery-record.ts';
import { messageQueueName } from './queue-name.ts';
import type { MessageInput } from './runtime-contract.ts';

/**
 * In kumod a message can only be in a queue that its metadata names. When what the input says
 * computes another queue, the metadata `queue` is set, as a policy would have done at reception.
 */
export function policyMessageFor(input: MessageInput): PolicyMessage {
  const message = new PolicyMessage(input);
  if (queueNameOf(message) !== input.queue) message.meta.set('queue', input.queue);
  return message;
}

/** What the log says of a message as the script left it. */
export function recordedMessage(message: PolicyMessage): RecordedMessage {
  return {
    id: message.id,
    sender: formatAddress(message.sender),
    recipients: message.recipients.map(formatAddress),
    queue: queueNameOf(message),
    size: message.data.length,
    created: message.created,
    num_attempts: message.numAttempts,
    reception_protocol: receptionProtocol(message.meta.get('reception_protocol')),
  };
}

/** kumod logs the error text in place of a name that cannot be computed. */
function queueNameOf(message: PolicyMessage): string {
  const [first] = message.recipients;
  try {
    return messageQueueName(
      (key) => message.meta.get(key),
      first === undefined ? undefined : addressDomain(first),
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
