/** What travels between a page and the host, over either shell's link, as JSON. */
import * as z from 'zod';
import type { BridgeFailure } from './contract.ts';

/** Page to host. The host validates it: a page is not trusted. */
export const requestMessageSchema = z.object({
  /** Chosen by the page, once per link; the answer carries it. */
  id: z.number().int().min(0),
  name: z.string().max(100),
  input: z.unknown(),
});
export type RequestMessage = z.infer<typeof requestMessageSchema>;

export type ResponseMessage =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: BridgeFailure };

export interface EventMessage {
  readonly event: string;
  readonly payload: unknown;
}

/** Host to page. */
export type HostMessage = ResponseMessage | EventMessage;
