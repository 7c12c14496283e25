/** `object:first():second()`: what hangs on a value, and where it may be broken into lines. */
import type {
  CallExpression,
  Expression,
  IndexExpression,
  MemberExpression,
  MethodCallExpression,
} from '../syntax/syntax-tree.ts';
import { INDENT } from './style.ts';

export type ChainLink = MemberExpression | IndexExpression | CallExpression | MethodCallExpression;

export interface Chain {
  readonly head: Expression;
  readonly links: readonly ChainLink[];
}

export function chainOf(expression: Expression): Chain {
  const links: ChainLink[] = [];
  let at = expression;
  for (;;) {
    switch (at.kind) {
      case 'Member':
      case 'Index':
      case 'MethodCall':
        links.unshift(at);
        at = at.object;
        break;
      case 'Call':
        links.unshift(at);
        at = at.callee;
        break;
      default:
        return { head: at, links };
    }
  }
}

/**
 * The first link that begins a line where the chain is broken; undefined when it is not worth it.
 * A single method call is never broken off. A name that is as short as the indentation, or that is
 * written large like a class, keeps its first call beside it.
 *
 * @param isRoom whether there is room for the head with its first call
 */
export function hangingFrom(
  head: Expression,
  links: readonly ChainLink[],
  isRoom: (links: readonly ChainLink[]) => boolean,
): number | undefined {
  const methods = links.flatMap(({ kind }, i) => (kind === 'MethodCall' ? [i] : []));
  const [first, second] = methods;
  if (first === undefined || second === undefined) return undefined;
  const isKept =
    head.kind === 'Name' &&
    first === 0 &&
    (head.name.length <= INDENT || /^[A-Z]/.test(head.name)) &&
    isRoom(links.slice(0, second));
  return isKept ? second : first;
}
