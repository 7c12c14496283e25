import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { RetrySchedule } from '../../bridge/runs.ts';
import { parseQueueName } from '../../../lua-runtime/kumod/queue-name.ts';
import { notDeliverableReason } from '../../../lua-runtime/kumod/ready-queue.ts';
import { retrySchedule, retryTimingOf } from '../../../lua-runtime/kumod/retry.ts';
import type { EntryBody, QueueResolution } from '../../../lua-runtime/recording/entries.ts';
import type { HostParts } from '../host-parts.ts';
import { messageSourceOf } from '../message-form.ts';

/** Nobody reads further down a schedule. */
const SHOWN_ATTEMPTS = 30;

type RunHandlers = Pick<
  BridgeHandlers,
  Extract<keyof BridgeHandlers, `runs.${string}` | 'policy.state' | 'queueName.parse'>
>;

export function runHandlers(host: HostParts): RunHandlers {
  const { config, runs, recentForms, workspace } = host;
  return {
    'policy.state': async () => config.state,
    'runs.simulate': async ({ form }) => {
      const { resolution, loadFailure, entries } = await config.resolve(form.queue);
      const reason = resolution.error ? undefined : notDeliverableReason(resolution);
      return {
        resolution,
        ...(loadFailure ? { loadFailure } : {}),
        ...(resolution.config ? { retry: scheduleOf(resolution.config) } : {}),
        ...(reason === undefined ? {} : { notDeliverable: reason }),
        entries: numbered(entries),
      };
    },
    'runs.deliver': async ({ form, count, seconds, sessions }) => {
      await host.embedded.ensureStarted();
      host.presence.nextDelivery();
      const { runId } = runs.start({
        source: messageSourceOf(form),
        count,
        seconds,
        sessions,
        policy: host.policySource(),
        broker: host.runBroker(),
      });
      recentForms.add(workspace.root, form);
      return { runId };
    },
    'runs.latest': async () => {
      const run = runs.latestIn(workspace.root);
      return run === undefined ? {} : { run };
    },
    'runs.cancel': async ({ runId }) => {
      runs.cancel(runId);
      return {};
    },
    'runs.recentForms': async () => {
      const kept = recentForms.of(workspace.root);
      // A sample that was never run starts with the form that shows what it is about.
      return kept.length === 0 && workspace.note ? [workspace.note.form] : kept;
    },
    'queueName.parse': async ({ queue }) => {
      const { routing_domain: routingDomain, ...parts } = parseQueueName(queue);
      return { ...parts, ...(routingDomain === undefined ? {} : { routingDomain }) };
    },
  };
}

function scheduleOf(config: NonNullable<QueueResolution['config']>): RetrySchedule {
  const schedule = retrySchedule(retryTimingOf(config), SHOWN_ATTEMPTS);
  return {
    attempts: schedule.attempts.map((attempt) => ({
      attempt: attempt.attempt,
      atSeconds: attempt.at_seconds,
      delaySeconds: attempt.delay_seconds,
    })),
    expiresAtSeconds: schedule.expires_at_seconds ?? schedule.max_age_seconds,
  };
}

function numbered(entries: readonly EntryBody[]) {
  return entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
}
