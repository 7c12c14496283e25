/** How an attempt ends whose script the workbench had to end. */
import { dispositionOf, SEND_FAILURE } from '../../lua-runtime/kumod/disposition.ts';
import {
  logRecord,
  receptionProtocol,
  rfc3339Time,
} from '../../lua-runtime/kumod/delivery-record.ts';
import {
  expiresAt,
  retryDelay,
  retryRandom,
  retryTimingOf,
} from '../../lua-runtime/kumod/retry.ts';
import type {
  AttemptOutcome,
  MessageInput,
  SessionSpec,
} from '../../lua-runtime/kumod/runtime-contract.ts';

/**
 * kumod has no such limit: its script would block the session. The nearest thing that kumod logs is
 * an error raised by `send` (KumoMTA crates/kumod/src/lua_deliver.rs 192-361), so the message ends in
 * a TransientFailure 400 whose text names the limit (`text`), and the session is over.
 */
export function outcomeOfLimit(
  message: MessageInput,
  spec: SessionSpec,
  seed: number,
  text: string,
): AttemptOutcome {
  const now = Date.now();
  const { resolution } = spec;
  const disposition = dispositionOf({
    kind: 'failed',
    text: SEND_FAILURE.methodFailed('send', text),
  });
  const timing = retryTimingOf(resolution.config ?? {});
  const random = retryRandom(seed, message.id, message.num_attempts);
  const { delay_seconds } = retryDelay(timing, message.num_attempts, random);
  const expires = expiresAt(timing, (now - message.created) / 1000, delay_seconds);
  return {
    message: message.message,
    told: 'ended by the workbench',
    session_over: true,
    record: logRecord(
      {
        id: message.id,
        sender: message.sender,
        recipients: message.recipients,
        queue: message.queue,
        size: message.data.length,
        created: message.created,
        num_attempts: message.num_attempts,
        reception_protocol: receptionProtocol(message.meta.reception_protocol),
      },
      {
        type: disposition.type,
        code: disposition.code,
        enhanced_code: null,
        content: disposition.content,
        site: resolution.ready_queue ?? '',
        peer_address: null,
        at: now,
        egress_pool: resolution.egress_pool ?? null,
        egress_source: resolution.egress_source ?? null,
        delivery_protocol: 'Lua',
        nodeid: spec.nodeid,
        session_id: spec.session_id,
      },
    ),
    next_attempt: {
      attempt: message.num_attempts + 2,
      delay_seconds,
      due: rfc3339Time(now + delay_seconds * 1000),
      ...(expires ? { expires: true as const } : {}),
    },
  };
}
