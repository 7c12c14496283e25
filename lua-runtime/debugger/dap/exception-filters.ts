/**
 * Events of a policy's run as DAP's exception filters: the protocol has no other word for stops that
 * belong to no line (Capabilities, `exceptionBreakpointFilters`).
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DomainEvent, EventBreakpoint } from '../debugger-contract.ts';
import type { RequestArguments } from './request-arguments.ts';
import { RequestProblem } from './request-problem.ts';

interface EventFilter extends DebugProtocol.ExceptionBreakpointsFilter {
  readonly filter: DomainEvent;
}

export const EXCEPTION_FILTERS: readonly EventFilter[] = [
  {
    filter: 'uncaught',
    label: 'Uncaught Errors',
    description: 'Stops where an error is raised that leaves its handler, other than a reject.',
    default: true,
  },
  {
    filter: 'thrown',
    label: 'Thrown Errors',
    description: 'Stops where an error is raised, also when pcall catches it.',
  },
  {
    filter: 'silent-loss',
    label: 'Silent Losses',
    description: 'Stops when kumod logs a Delivery of a message that the broker did not keep.',
    default: true,
  },
  {
    filter: 'nack',
    label: 'Nacks',
    description: 'Stops when the broker refuses a message.',
  },
  {
    filter: 'reject',
    label: 'Rejects',
    description: 'Stops where kumo.reject or kumo.disconnect is called.',
    supportsCondition: true,
    conditionDescription: 'Codes to stop at, e.g. 500 or 421, 451. Empty: all.',
  },
  {
    filter: 'handler',
    label: 'Handlers',
    description: 'Stops where kumod enters a handler, a constructor or a method.',
    supportsCondition: true,
    conditionDescription: 'Events to stop at, e.g. get_queue_config, send. Empty: all.',
  },
  {
    filter: 'host-call',
    label: 'Host Calls',
    description: 'Stops where the script asks something of the world outside Lua.',
    supportsCondition: true,
    conditionDescription: 'Calls to stop at, e.g. amqp.publish. Empty: all.',
  },
];

/** `filters` and `filterOptions` of setExceptionBreakpoints, in their order. */
export function eventBreakpoints(
  args: RequestArguments,
  nextId: (event: DomainEvent, only: string) => number,
): readonly EventBreakpoint[] {
  const asked = [
    ...args.texts('filters').map((filter) => ({ filter, condition: undefined })),
    ...args.objects('filterOptions').map((option) => ({
      filter: option.text('filterId'),
      condition: option.optionalText('condition'),
    })),
  ];
  return asked.map(({ filter, condition }) => {
    const known = EXCEPTION_FILTERS.find((candidate) => candidate.filter === filter);
    if (!known) {
      const names = EXCEPTION_FILTERS.map((candidate) => candidate.filter).join(', ');
      throw new RequestProblem(`There is no exception filter ${filter}; there are ${names}.`);
    }
    const only = condition?.trim() ?? '';
    const id = nextId(known.filter, only);
    return { id, event: known.filter, ...(only === '' ? {} : { only }) };
  });
}
