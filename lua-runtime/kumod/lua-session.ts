/**
 * A delivery session of a custom_lua queue: one Lua context, one constructor call, then message
 * after message. KumoMTA crates/kumod/src/lua_deliver.rs and ready_queue.rs 1938-2236, 2664-2677.
 *
 * After a plain error or a reject 421 kumod closes the connection but keeps the session, which may
 * not connect again: the next message fails for that reason alone, and only then the session ends.
 */
import type { PolicyMessage } from '../kumo/policy-message.ts';
import { latin1 } from '../recording/byte-text.ts';
import type { PolicyFailure, QueueNameParts, ResolvedProtocol } from '../recording/entries.ts';
import { ConnectionObject, type SendEnd } from './connection-object.ts';
import { logRecord, luaPeerAddress, rfc3339Time } from './delivery-record.ts';
import {
  dispositionOf,
  ONE_ATTEMPT_PER_SESSION,
  shortTold,
  type AttemptEnd,
  type Disposition,
} from './disposition.ts';
import { failureWithoutTraceback } from './entry-writer.ts';
import { tracedCall } from './event-dispatch.ts';
import type { PolicyContext } from './policy-context.ts';
import { notDeliverableReason } from './ready-queue.ts';
import { expiresAt, retryDelay, retryRandom, retryTimingOf, type RetryTiming } from './retry.ts';
import type {
  AttemptOutcome,
  MessageInput,
  PolicySession,
  SessionSpec,
} from './runtime-contract.ts';
import { policyMessageFor, recordedMessage } from './session-message.ts';

type CustomLua = Extract<ResolvedProtocol, { kind: 'custom_lua' }>;

/** kumod's default of make_egress_path's max_deliveries_per_connection. */
export const MAX_DELIVERIES_PER_CONNECTION = 1024;

type Connection =
  | { readonly state: 'not-yet' }
  | { readonly state: 'connected'; readonly object: ConnectionObject }
  | { readonly state: 'disconnected' };

/** How an attempt ended, and when, in milliseconds since the epoch. */
interface TimedEnd {
  readonly end: AttemptEnd;
  readonly at: number;
}

export class LuaSession implements PolicySession {
  readonly #context: PolicyContext;
  readonly #spec: SessionSpec;
  readonly #protocol: CustomLua;
  readonly #readyQueue: string;
  readonly #timing: RetryTiming;
  #connection: Connection = { state: 'not-yet' };
  #delivered = 0;

  /** @throws Error when the queue cannot be delivered here: see `notDeliverableReason`. */
  constructor(context: PolicyContext, spec: SessionSpec) {
    const { protocol, ready_queue: readyQueue, config, queue } = spec.resolution;
    if (protocol?.kind !== 'custom_lua' || readyQueue === undefined) {
      throw new Error(
        notDeliverableReason(spec.resolution) ?? `The queue ${queue} cannot be delivered here.`,
      );
    }
    this.#context = context;
    this.#spec = spec;
    this.#protocol = protocol;
    this.#readyQueue = readyQueue;
    this.#timing = retryTimingOf(config ?? {});
    context.constructorEvents.add(protocol.constructor_event);
    context.entries.stampWith({ session: spec.session });
  }

  /** @throws Error when an address of the message is not an envelope address. */
  deliver(input: MessageInput): AttemptOutcome {
    const message = policyMessageFor(input);
    this.#context.entries.stampWith({ message: input.message, session: this.#spec.session });
    this.#context.host.lastConfirmStatus = undefined;
    this.#context.entries.emitMessage({
      kind: 'message',
      queue: input.queue,
      id: input.id,
      sender: input.sender,
      recipients: input.recipients,
      meta: input.meta,
      data: latin1(input.data),
      num_attempts: input.num_attempts,
      created: input.created,
    });
    const { end, at } = this.#attempt(message);
    const disposition = dispositionOf(end);
    const told = shortTold(end, this.#context.host.lastConfirmStatus);
    const record = logRecord(recordedMessage(message), {
      type: disposition.type,
      code: disposition.code,
      enhanced_code: null,
      content: disposition.content,
      site: this.#readyQueue,
      peer_address: disposition.has_peer ? luaPeerAddress(this.#protocol.constructor_event) : null,
      at,
      egress_pool: this.#spec.resolution.egress_pool ?? null,
      egress_source: this.#spec.resolution.egress_source ?? null,
      delivery_protocol: 'Lua',
      nodeid: this.#spec.nodeid,
      session_id: this.#spec.session_id,
    });
    const next = disposition.type === 'TransientFailure' ? this.#nextAttempt(message, at) : null;
    const sessionOver = this.#afterwards(disposition);
    this.#context.entries.stampWith({ session: this.#spec.session });
    return {
      message: input.message,
      record,
      told,
      session_over: sessionOver,
      ...(next === null ? undefined : { next_attempt: next }),
    };
  }

  close(): void {
    this.#context.entries.stampWith({ session: this.#spec.session });
    if (this.#disconnect()) this.#emitSession('closed', undefined);
  }

  #attempt(message: PolicyMessage): TimedEnd {
    const failed = this.#connect();
    if (failed !== undefined) return failed;
    if (this.#connection.state !== 'connected') {
      return this.#notConnected(failureWithoutTraceback(ONE_ATTEMPT_PER_SESSION));
    }
    this.#delivered++;
    const sent = this.#connection.object.send(message, this.#protocol.batch_size);
    if (sent.ok) return { end: { kind: 'returned', text: sent.text }, at: sent.at };
    return this.#failedSend(sent);
  }

  /** Runs the constructor if it has not run yet. @returns the attempt's end when that fails. */
  #connect(): TimedEnd | undefined {
    if (this.#connection.state !== 'not-yet') return undefined;
    const { vm, L, kumo } = this.#context;
    const event = this.#protocol.constructor_event;
    const { domain, tenant, campaign }: QueueNameParts = this.#spec.resolution.parts;
    kumo.setCurrentEvent(event);
    const [handler] = kumo.registrations.handlers(event);
    if (handler === undefined) {
      return this.#notConnected(
        failureWithoutTraceback('error converting Lua nil to function'),
        'failed',
      );
    }
    vm.pushRef(L, handler.ref);
    vm.pushText(L, domain);
    for (const part of [tenant, campaign]) {
      if (part === undefined) vm.pushNil(L);
      else vm.pushText(L, part);
    }
    const recorded = [domain, tenant ?? null, campaign ?? null];
    const end = tracedCall(this.#context, event, handler.location, recorded, 3);
    if (end.failure !== undefined) return this.#notConnected(end.failure, 'failed');
    // Whatever came back is the connection object; whether it is one shows when a message is sent.
    if (end.count === 0) vm.pushNil(L);
    vm.setTop(L, end.base + 1);
    this.#connection = { state: 'connected', object: new ConnectionObject(this.#context) };
    this.#delivered = 0;
    this.#emitSession('opened', undefined);
    return undefined;
  }

  #notConnected(failure: PolicyFailure, state: 'failed' | 'closed' = 'closed'): TimedEnd {
    const end: AttemptEnd = { kind: 'not-connected', text: failure.text };
    const during = this.#protocol.constructor_event;
    const at = this.#context.entries.emitError(during, {
      ...failure,
      text: dispositionOf(end).content,
    });
    this.#connection = { state: 'disconnected' };
    this.#emitSession(state, failure.summary);
    return { end, at };
  }

  #failedSend(sent: Extract<SendEnd, { ok: false }>): TimedEnd {
    if (sent.reject !== undefined) {
      const { code, text } = sent.reject;
      return { end: { kind: 'rejected', code, text }, at: sent.at ?? this.#context.host.now() };
    }
    const end: AttemptEnd = { kind: 'failed', text: sent.failure.text };
    const during = this.#protocol.batch_size === 1 ? 'send' : 'send_batch';
    const at = this.#context.entries.emitError(during, {
      ...sent.failure,
      text: dispositionOf(end).content,
    });
    return { end, at };
  }

  /** What kumod does with the connection after an attempt. @returns whether the session is over. */
  #afterwards(disposition: Disposition): boolean {
    if (disposition.ends_session) return true;
    if (disposition.closes_connection) {
      this.#disconnect();
      const reason =
        disposition.code === 421
          ? 'The script rejected with 421, so kumod closed the connection. This session cannot connect again.'
          : 'An error ended the attempt, so kumod closed the connection. This session cannot connect again.';
      this.#emitSession('disconnected', reason);
      return false;
    }
    if (this.#delivered < MAX_DELIVERIES_PER_CONNECTION) return false;
    this.#disconnect();
    this.#emitSession(
      'closed',
      `max_deliveries_per_connection (${MAX_DELIVERIES_PER_CONNECTION}) is reached.`,
    );
    return true;
  }

  /** Calls `close` of a live connection object; its error is logged and ignored. */
  #disconnect(): boolean {
    if (this.#connection.state !== 'connected') return false;
    const failure = this.#connection.object.close();
    this.#connection = { state: 'disconnected' };
    if (failure !== undefined) {
      const text = `Error while closing connection for ${this.#readyQueue}: ${failure.text}`;
      this.#context.entries.emitError('close', { ...failure, text });
    }
    return true;
  }

  #emitSession(
    state: 'opened' | 'failed' | 'disconnected' | 'closed',
    reason: string | undefined,
  ): void {
    const location = this.#protocol.constructor_location;
    this.#context.entries.emit({
      kind: 'session',
      state,
      ready_queue: this.#readyQueue,
      constructor_event: this.#protocol.constructor_event,
      ...(reason === undefined ? undefined : { reason }),
      ...(location === undefined ? undefined : { location }),
    });
  }

  #nextAttempt(message: PolicyMessage, at: number): AttemptOutcome['next_attempt'] {
    const random = retryRandom(this.#context.seed, message.id, message.numAttempts);
    const { delay_seconds } = retryDelay(this.#timing, message.numAttempts, random);
    const age = (at - message.created) / 1000;
    return {
      // Attempts count from 1: the one that failed was numAttempts + 1.
      attempt: message.numAttempts + 2,
      delay_seconds,
      due: rfc3339Time(at + delay_seconds * 1000),
      ...(expiresAt(this.#timing, age, delay_seconds) ? { expires: true as const } : undefined),
    };
  }
}
