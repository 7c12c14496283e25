import type { RequestArguments } from './request-arguments.ts';

/** Gives the body of the response, or throws why there is none. */
export type RequestHandler = (args: RequestArguments) => unknown;

export type RequestHandlers = { readonly [command: string]: RequestHandler };
