/** Finds a delivery among the rows of a view: by time, by message id, the next problem. */
import type { DeliveryGoal, DeliveryRow } from '../bridge/deliveries.ts';
import { isProblem } from './delivery-filter.ts';

/** Rows in the order in which they were delivered. */
export interface SearchedRows {
  readonly matching: number;
  readonly rowAt: (index: number) => DeliveryRow | undefined;
  /** Where the search for a problem begins; the row there is not found. */
  readonly from: number | undefined;
}

/** The index of the row that is meant; undefined when there is none. */
export function findDelivery(rows: SearchedRows, goal: DeliveryGoal): number | undefined {
  switch (goal.kind) {
    case 'time':
      return firstAtOrAfter(rows, goal.at);
    case 'message': {
      const id = goal.id.trim().toLowerCase();
      return search(rows, rows.matching - 1, -1, (row) => row.messageId.startsWith(id));
    }
    case 'problem': {
      const step = goal.direction === 'newer' ? 1 : -1;
      const end = step === 1 ? 0 : rows.matching - 1;
      return search(rows, rows.from === undefined ? end : rows.from + step, step, isProblem);
    }
  }
}

function search(
  { matching, rowAt }: SearchedRows,
  start: number,
  step: 1 | -1,
  isWanted: (row: DeliveryRow) => boolean,
): number | undefined {
  for (let index = start; index >= 0 && index < matching; index += step) {
    const row = rowAt(index);
    if (row && isWanted(row)) return index;
  }
  return undefined;
}

/** Times ascend but for the milliseconds by which sessions overtake each other. */
function firstAtOrAfter({ matching, rowAt }: SearchedRows, at: number): number | undefined {
  let low = 0;
  let high = matching;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rowAt(middle)?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low < matching ? low : undefined;
}
