/** Every check, in the order in which findings of one place are told. */
import { amqpClients } from './amqp-clients.ts';
import { callArguments } from './arguments.ts';
import type { Check } from './check.ts';
import { constructorHandler } from './constructor-handler.ts';
import { duplicateEvent, eventInHandler, unknownEvent } from './events.ts';
import { accidentalGlobal, undefinedGlobal } from './globals.ts';
import { members } from './members.ts';
import { rejectInPcall, rethrowAsText } from './reject-in-pcall.ts';
import { returnNil } from './return-nil.ts';
import { sendMissing, sendResult } from './send-result.ts';
import { unreachableHandler } from './unreachable-handler.ts';

export const ALL_CHECKS: readonly Check[] = [
  undefinedGlobal,
  accidentalGlobal,
  members,
  callArguments,
  unknownEvent,
  duplicateEvent,
  eventInHandler,
  constructorHandler,
  returnNil,
  unreachableHandler,
  sendMissing,
  sendResult,
  rejectInPcall,
  rethrowAsText,
  amqpClients,
];
