/**
 * The debugger for a page: the Debug Adapter Protocol, message by message. A page debugs one run at a
 * time; its session ends with `debug.stop`, with the next `debug.start` and with the page's link.
 */
import * as z from 'zod';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { KumoLaunchArguments } from '../../lua-runtime/debugger/dap/kumo-protocol.ts';
import type { MessageForm } from './runs.ts';

const debugRequestSchema = z.object({
  seq: z.number().int(),
  type: z.literal('request'),
  command: z.string().max(100),
  arguments: z.unknown().optional(),
});

export const debugCalls = {
  /** Makes an adapter for this page; the page's previous one is ended. */
  'debug.start': { input: z.object({}), output: z.object({ session: z.string() }) },
  /** A request to the adapter. Its response comes as `debug.message`, as every answer of DAP. */
  'debug.send': {
    input: z.object({ session: z.string(), message: debugRequestSchema }),
    output: z.object({}),
  },
  /** Ends the adapter and what it runs, however that hangs. */
  'debug.stop': { input: z.object({ session: z.string() }), output: z.object({}) },
};

export const debugEvents = {
  /** To the page of the session alone, in DAP's order. */
  'debug.message': z.object({
    session: z.string(),
    message: z.custom<DebugProtocol.Response | DebugProtocol.Event>(),
  }),
};

/**
 * What a page launches: a policy of the opened workspace, with its settings and its broker, and one
 * of `form`, `deliveryId` (a delivery of the history, from its recording) and `event`. The arguments
 * `data`, `recording`, `broker` and `fault` are refused. `stopOnEnd` is true when it is absent.
 */
export interface PageLaunchArguments extends Omit<
  KumoLaunchArguments,
  'data' | 'recording' | 'broker' | 'fault'
> {
  form?: MessageForm;
  deliveryId?: number;
}

export type {
  KumoCommand,
  KumoLaunchArguments,
  KumoPositionEvent,
  KumoRequests,
  KumoStoppedEvent,
} from '../../lua-runtime/debugger/dap/kumo-protocol.ts';
export type { RunPosition } from '../../lua-runtime/debugger/debugger-contract.ts';
export type {
  Coverage,
  FileCoverage,
  LogPointReading,
  Profile,
  ProfileNode,
  ReadingRequest,
  ReadingResults,
} from '../../lua-runtime/debugger/run-reading.ts';
