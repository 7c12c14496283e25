/**
 * Which rows of a list are on the page, when all rows are of one height. A virtualizer that measures
 * its rows goes over all of them whenever their number changes, which a streaming table does all the
 * time; here nothing depends on the number.
 */
import { useEffect, useState, type RefObject } from 'react';

export interface UniformRowsOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  /** Pixels above the first row, which stay in sight. */
  readonly headHeight: number;
  /** Rows that are there beyond each end of what is seen. */
  readonly overscan: number;
}

export interface UniformRows {
  /** The first row that is on the page. */
  readonly first: number;
  /** The last one; less than `first` when there is none. */
  readonly last: number;
  /** Scrolls no farther than is needed to see the row. */
  readonly show: (index: number) => void;
}

/**
 * Rows come and go by so many: each change of what is on the page costs a layout and a painting of its
 * own, whether it is of one row or of some.
 */
const step = 4;

interface Seen {
  readonly first: number;
  readonly last: number;
}

export function useUniformRows(options: UniformRowsOptions): UniformRows {
  const { scroller, count, rowHeight, headHeight, overscan } = options;
  const [seen, setSeen] = useState<Seen>({ first: 0, last: 0 });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => {
      const { scrollTop, clientHeight } = element;
      const first = Math.floor(scrollTop / rowHeight / step) * step;
      const last = Math.ceil((scrollTop + clientHeight - headHeight) / rowHeight / step) * step;
      setSeen((before) =>
        before.first === first && before.last === last ? before : { first, last },
      );
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, rowHeight, headHeight]);

  return {
    first: Math.max(Math.min(seen.first, count) - overscan, 0),
    last: Math.min(seen.last + overscan, count - 1),
    show(index) {
      const element = scroller.current;
      if (element === null) return;
      const top = index * rowHeight;
      const room = element.clientHeight - headHeight - rowHeight;
      if (top < element.scrollTop) element.scrollTo({ top });
      else if (top > element.scrollTop + room) element.scrollTo({ top: top - room });
    },
  };
}
