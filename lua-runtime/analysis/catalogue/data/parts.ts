/** Every data file, in the order that lists show them. */
import type { CataloguePart } from '../describe.ts';
import { aliases } from './aliases.ts';
import { processEvents } from './events/process.ts';
import { queueEvents } from './events/queues.ts';
import { receptionEvents } from './events/reception.ts';
import { kumoMoved } from './kumo/moved.ts';
import { kumoPolicy } from './kumo/policy.ts';
import { kumoProcess } from './kumo/process.ts';
import { kumoQueueConfig } from './kumo/queue-config.ts';
import { amqp } from './modules/amqp.ts';
import { addresses } from './objects/addresses.ts';
import { logRecord } from './objects/log-record.ts';
import { message } from './objects/message.ts';
import { sessions } from './objects/sessions.ts';

export const catalogueParts: readonly CataloguePart[] = [
  kumoPolicy,
  kumoQueueConfig,
  kumoProcess,
  kumoMoved,
  amqp,
  message,
  addresses,
  sessions,
  logRecord,
  queueEvents,
  receptionEvents,
  processEvents,
  aliases,
];
