/**
 * Why a channel or a connection ended, read from the errors that amqplib gives its events, and what
 * that means for each publish that was still unconfirmed.
 */
import type { Options } from 'amqplib';
import type { BrokerAddress, BrokerVerdict, VerdictCause } from '../client-contract.ts';
import { brokerVerdict } from './verdicts.ts';

export interface ConnectionEnd {
  readonly scope: 'channel' | 'connection';
  readonly cause: VerdictCause;
  readonly replyCode?: number;
  readonly replyText?: string;
  /** The broker names basic.publish (class 60, method 40) as what it closed the channel for. */
  readonly becauseOfPublish: boolean;
}

/** A publish without confirm, as far as the broker's words can point at it. */
export interface UnconfirmedPublish {
  readonly exchange: string;
  readonly routingKey: string;
  readonly payload: Buffer;
  readonly options: Options.Publish;
}

/** amqplib 2.3.1 lib/format.js closeMessage: `… 404 (NOT-FOUND) with message "…"`. */
const CLOSE_MESSAGE = /with message "([\s\S]*)"$/;

/** Reads the error of a channel's `error` event: the broker closed the channel. */
export function channelEnd(error: Error): ConnectionEnd {
  const { code, classId, methodId } = numbers(error);
  const replyText = CLOSE_MESSAGE.exec(error.message)?.[1] ?? error.message;
  return {
    scope: 'channel',
    cause: channelCause(code, replyText),
    ...(code === undefined ? {} : { replyCode: code }),
    replyText,
    becauseOfPublish: classId === 60 && methodId === 40,
  };
}

/** Reads the error of a connection's `error` or `close` event. */
export function connectionEnd(error: Error): ConnectionEnd {
  const { code } = numbers(error);
  const replyText = CLOSE_MESSAGE.exec(error.message)?.[1] ?? error.message;
  return {
    scope: 'connection',
    cause: connectionCause(code, error),
    ...(code === undefined ? {} : { replyCode: code }),
    replyText,
    becauseOfPublish: false,
  };
}

/**
 * What an end means for the publishes that were outstanding, in publish order. After a channel
 * exception the broker ignores what follows on the channel, so everything behind the offending
 * publish was not taken; what came before it may have been.
 */
export function fates(
  end: ConnectionEnd,
  outstanding: readonly UnconfirmedPublish[],
  address: BrokerAddress,
): readonly BrokerVerdict[] {
  const offender = end.becauseOfPublish ? findOffender(end, outstanding) : -1;
  return outstanding.map((publish, index) => {
    const details = {
      ...(end.replyCode === undefined ? {} : { replyCode: end.replyCode }),
      ...(end.replyText === undefined ? {} : { replyText: end.replyText }),
      exchange: publish.exchange,
      routingKey: publish.routingKey,
    };
    if (index === offender) {
      return brokerVerdict('failed', end.cause, address, details);
    }
    if (offender >= 0 && index > offender) {
      return brokerVerdict('failed', 'channel-closed', address, details);
    }
    return brokerVerdict(
      'unconfirmed',
      end.scope === 'channel' ? 'channel-closed' : end.cause,
      address,
      details,
    );
  });
}

function findOffender(end: ConnectionEnd, outstanding: readonly UnconfirmedPublish[]): number {
  if (outstanding.length === 1) {
    return 0;
  }
  const words = end.replyText ?? '';
  return outstanding.findIndex(({ exchange, payload, options }) => {
    switch (end.cause) {
      case 'missing-exchange':
      case 'access-refused':
        return words.includes(`exchange '${exchange}'`);
      case 'message-too-large':
        return words.includes(`message size ${payload.length} `);
      default:
        return options.userId !== undefined && words.includes(`'${options.userId}'`);
    }
  });
}

function channelCause(code: number | undefined, replyText: string): VerdictCause {
  switch (code) {
    case 404:
      return 'missing-exchange';
    case 403:
      return 'access-refused';
    case 311:
      return 'message-too-large';
    case 406:
      return replyText.includes('message size') ? 'message-too-large' : 'precondition-failed';
    default:
      return 'channel-closed';
  }
}

function connectionCause(code: number | undefined, error: Error): VerdictCause {
  if (code === 320) {
    return 'closed-by-operator';
  }
  if (code !== undefined) {
    return 'other';
  }
  return error.message === 'Heartbeat timeout' ? 'heartbeat-timeout' : 'connection-lost';
}

/** amqplib sets these on its errors, without saying so in its types. */
function numbers(error: Error & { code?: unknown; classId?: unknown; methodId?: unknown }): {
  code: number | undefined;
  classId: number | undefined;
  methodId: number | undefined;
} {
  const number = (value: unknown): number | undefined =>
    typeof value === 'number' ? value : undefined;
  return {
    code: number(error.code),
    classId: number(error.classId),
    methodId: number(error.methodId),
  };
}
