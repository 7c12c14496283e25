import type { Cancellation } from '../debug-target.ts';
import type { RequestArguments } from './request-arguments.ts';

/**
 * Gives the body of the response, or throws why there is none. Once it is cancelled nobody waits
 * for the body any more.
 */
export type RequestHandler = (args: RequestArguments, cancellation: Cancellation) => unknown;

export type RequestHandlers = { readonly [command: string]: RequestHandler };
