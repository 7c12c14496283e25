import type { DomainEvent } from './breakpoints-store.ts';

export interface EventWords {
  readonly event: DomainEvent;
  /** As a row of the list. */
  readonly label: string;
  readonly explanation: string;
  /** What can be named so that only that stops; absent: nothing. */
  readonly only?: { readonly name: string; readonly example: string };
}

/** What happens in a run that is worth a stop, as the list of breakpoints shows it. */
export const eventWords: readonly EventWords[] = [
  {
    event: 'silent-loss',
    label: 'a silent loss happens',
    explanation: 'Stops when kumod would log a Delivery that the broker did not keep.',
  },
  {
    event: 'nack',
    label: 'the broker nacks',
    explanation: 'Stops when the broker refuses a message.',
  },
  {
    event: 'reject',
    label: 'kumo.reject is called',
    explanation: 'Stops at kumo.reject and kumo.disconnect, before the handler is left.',
    only: { name: 'Codes', example: '500, 550' },
  },
  {
    event: 'uncaught',
    label: 'an error leaves a handler',
    explanation:
      'Stops where an error is raised that nothing in the script catches, other than a reject.',
  },
  {
    event: 'thrown',
    label: 'an error is raised',
    explanation: 'Stops at every error, also those that pcall catches.',
  },
  {
    event: 'handler',
    label: 'a handler is entered',
    explanation:
      'Stops at the first line of a handler, a constructor or a method that kumod calls.',
    only: { name: 'Events', example: 'get_queue_config' },
  },
  {
    event: 'host-call',
    label: 'a host call is made',
    explanation: 'Stops where the script leaves Lua: publishes, HTTP requests, files.',
    only: { name: 'Host calls', example: 'amqp.publish' },
  },
];
