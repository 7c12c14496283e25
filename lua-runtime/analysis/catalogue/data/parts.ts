/** Every data file, in the order that lists show them. */
import type { CataloguePart } from '../describe.ts';
import { aliases } from './aliases.ts';
import { processEvents } from './events/process.ts';
import { queueEvents } from './events/queues.ts';
import { receptionEvents } from './events/reception.ts';
import { kumoEgressPath } from './kumo/egress-path.ts';
import { kumoEgressSource } from './kumo/egress-source.ts';
import { kumoInspection } from './kumo/inspection.ts';
import { kumoListeners } from './kumo/listeners.ts';
import { kumoLogging } from './kumo/logging.ts';
import { kumoMoved } from './kumo/moved.ts';
import { kumoPolicyTables } from './kumo/policy-tables.ts';
import { kumoPolicy } from './kumo/policy.ts';
import { kumoProcess } from './kumo/process.ts';
import { kumoQueueConfig } from './kumo/queue-config.ts';
import { kumoSpool } from './kumo/spool.ts';
import { aaa } from './modules/aaa.ts';
import { administration } from './modules/administration.ts';
import { amqp } from './modules/amqp.ts';
import { brokers } from './modules/brokers.ts';
import { databases } from './modules/databases.ts';
import { dns } from './modules/dns.ts';
import { encoding } from './modules/encoding.ts';
import { files } from './modules/files.ts';
import { http } from './modules/http.ts';
import { mailChecks } from './modules/mail-checks.ts';
import { programs } from './modules/programs.ts';
import { serde } from './modules/serde.ts';
import { shaping } from './modules/shaping.ts';
import { text } from './modules/text.ts';
import { times } from './modules/time.ts';
import { addresses } from './objects/addresses.ts';
import { logRecord } from './objects/log-record.ts';
import { message } from './objects/message.ts';
import { mimeHeaders } from './objects/mime-headers.ts';
import { mime } from './objects/mime.ts';
import { sessions } from './objects/sessions.ts';
import { dataFiles } from './policy-extras/data-files.ts';
import { shapingFiles } from './policy-extras/shaping-files.ts';
import { hookHelpers } from './policy-extras/hooks.ts';
import { queueingHelpers } from './policy-extras/queueing.ts';
import { utilities } from './policy-extras/utilities.ts';

export const catalogueParts: readonly CataloguePart[] = [
  kumoPolicy,
  kumoPolicyTables,
  kumoQueueConfig,
  kumoEgressPath,
  kumoEgressSource,
  kumoListeners,
  kumoLogging,
  kumoSpool,
  kumoInspection,
  kumoProcess,
  kumoMoved,
  amqp,
  http,
  ...brokers,
  dns,
  encoding,
  serde,
  text,
  ...times,
  ...files,
  mime,
  mailChecks,
  shaping,
  aaa,
  ...administration,
  databases,
  programs,
  queueingHelpers,
  hookHelpers,
  utilities,
  message,
  addresses,
  sessions,
  logRecord,
  mimeHeaders,
  dataFiles,
  shapingFiles,
  queueEvents,
  receptionEvents,
  processEvents,
  aliases,
];
