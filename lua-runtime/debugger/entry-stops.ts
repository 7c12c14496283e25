/** Which entries of a recording are events that one may want to stop at, in words. */
import type { EntryBody } from '../recording/entries.ts';
import type { DomainEvent } from './debugger-contract.ts';

export interface ToldEvent {
  readonly event: DomainEvent;
  /** What `EventBreakpoint.only` is compared with. */
  readonly name: string;
  readonly description: string;
}

export function describeEntry(entry: EntryBody): ToldEvent | undefined {
  switch (entry.kind) {
    case 'host-call':
      return {
        event: 'host-call',
        name: entry.name,
        description: `${entry.name} ${JSON.stringify(entry.input)}`,
      };
    case 'reject':
      return {
        event: 'reject',
        name: String(entry.code),
        description: `kumo.reject ${entry.code}: ${entry.text}`,
      };
    case 'host-result':
      return isNack(entry.output)
        ? {
            event: 'nack',
            name: entry.name,
            description: 'The broker refused the message: the script is told Nack',
          }
        : undefined;
    default:
      return undefined;
  }
}

function isNack(output: unknown): boolean {
  return (
    typeof output === 'object' && output !== null && 'status' in output && output.status === 'Nack'
  );
}
