/**
 * What belongs into `init`: kumod runs the main chunk anew for every Lua context (KumoMTA
 * crates/config/src/lib.rs 116-172), so that what it starts is started again, or is refused as being there.
 */
import { nodesOf } from '../syntax/node-index.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { isPolicy } from '../values/required-files.ts';
import { WARNING, type Check } from './check.ts';

/** What the second time does. */
const AGAIN: Readonly<Record<string, string>> = {
  'kumo.configure_bounce_classifier': 'raises "classifier already initialized"',
  'kumo.configure_local_logs': 'makes another logger, and every record is written once more',
  'kumo.configure_log_disposition_hook': 'raises "has already been registered"',
  'kumo.configure_log_hook': 'raises "has already been registered"',
  'kumo.define_spool': 'opens the spool again',
  'kumo.spawn_task': 'starts another task',
  'kumo.start_esmtp_listener': 'cannot listen on the same address',
  'kumo.start_http_listener': 'cannot listen on the same address',
};

export const initOnly: Check = ({ evaluator, file, report }) => {
  // A module of the policy may be required from within init.
  if (!isPolicy(evaluator.program, file)) return;
  const nodes = nodesOf(file.chunk);
  for (const { call, fullName, entry } of apiCallsOf(evaluator).in(file)) {
    const again = AGAIN[fullName];
    if (again === undefined) continue;
    if (nodes.functionAround(call) !== undefined) continue;
    report({
      code: 'init-only',
      at: call,
      severity: WARNING,
      message: `kumod runs the policy's main chunk again for every Lua context, hundreds of times, and \`${fullName}\` with it: the second ${again}. Call it in the handler of 'init', which runs once.`,
      page: entry.page,
    });
  }
};
