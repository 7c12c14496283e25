/** Every check, in the order in which findings of one place are told. */
import { amqpHeaders } from './amqp-headers.ts';
import { callArguments } from './arguments.ts';
import { callForm } from './call-form.ts';
import type { Check } from './check.ts';
import { clients } from './clients.ts';
import { constructorHandler } from './constructor-handler.ts';
import { dkimOrder } from './dkim-order.ts';
import { duplicateField } from './duplicate-field.ts';
import { egressHandlers } from './egress-handlers.ts';
import { duplicateEvent, eventInHandler, unknownEvent } from './events.ts';
import { failureAsSuccess } from './failure-as-success.ts';
import { accidentalGlobal, undefinedGlobal } from './globals.ts';
import { handlerParameters } from './handler-parameters.ts';
import { handlerResult } from './handler-result.ts';
import { duplicateSetup, helperInHandler, helperOrder } from './helper-setup.ts';
import { hookQueue } from './hook-queue.ts';
import { initOnly } from './init-only.ts';
import { members } from './members.ts';
import { openRelay } from './open-relay.ts';
import { plainSecret } from './plain-secret.ts';
import { queueMetadata } from './queue-metadata.ts';
import { rejectInPcall, rethrowAsText } from './reject-in-pcall.ts';
import { errorAsReject, rejectCode, rejectMisuse } from './reject-misuse.ts';
import { representativeArguments } from './representative-arguments.ts';
import { requestTimeout } from './request-timeout.ts';
import { unknownModule } from './requires.ts';
import { retrySettings } from './retry-settings.ts';
import { returnNil } from './return-nil.ts';
import { sendMissing, sendResult } from './send-result.ts';
import { shapingGlue } from './shaping-glue.ts';
import { unreachableHandler } from './unreachable-handler.ts';
import { waitsInRequire } from './waits-in-require.ts';

export const ALL_CHECKS: readonly Check[] = [
  undefinedGlobal,
  accidentalGlobal,
  unknownModule,
  members,
  callForm,
  callArguments,
  requestTimeout,
  duplicateField,
  unknownEvent,
  duplicateEvent,
  eventInHandler,
  helperInHandler,
  duplicateSetup,
  helperOrder,
  initOnly,
  waitsInRequire,
  constructorHandler,
  egressHandlers,
  handlerParameters,
  returnNil,
  handlerResult,
  hookQueue,
  unreachableHandler,
  shapingGlue,
  sendMissing,
  sendResult,
  failureAsSuccess,
  representativeArguments,
  rejectInPcall,
  rethrowAsText,
  rejectMisuse,
  rejectCode,
  errorAsReject,
  clients,
  amqpHeaders,
  queueMetadata,
  retrySettings,
  dkimOrder,
  openRelay,
  plainSecret,
];
