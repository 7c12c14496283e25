/** The variables that each line of a policy reads and assigns, by its text. */
import { parseLua } from '../../analysis/syntax/parser.ts';
import type { Expression, Span, Statement } from '../../analysis/syntax/syntax-tree.ts';

export interface Mention {
  readonly name: string;
  readonly access: 'read' | 'assigned';
}

/** @returns by line; each name once for each kind of access. Fields of tables are no variables. */
export function variableMentions(text: string): ReadonlyMap<number, readonly Mention[]> {
  const finder = new MentionFinder(text);
  finder.visit(parseLua(text));
  return finder.mentions;
}

type Node = Span & { readonly kind: string };

class MentionFinder {
  readonly mentions = new Map<number, Mention[]>();
  readonly #lineStarts: number[] = [0];
  readonly #targets = new Set<Node>();

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  visit(node: Node): void {
    this.#note(node as Statement | Expression);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isNode(child)) this.visit(child);
      }
    }
  }

  #note(node: Statement | Expression): void {
    switch (node.kind) {
      case 'Function':
        this.#mention(node.target, 'assigned');
        break;
      case 'LocalFunction':
        this.#mention(node.name, 'assigned');
        break;
      case 'Local':
        for (const name of node.names) this.#mention(name, 'assigned');
        break;
      case 'Assignment':
        for (const target of node.targets) this.#mention(target, 'assigned');
        break;
      case 'NumericFor':
        this.#mention(node.variable, 'assigned');
        break;
      case 'GenericFor':
        for (const variable of node.variables) this.#mention(variable, 'assigned');
        break;
      case 'Name':
        if (!this.#targets.has(node)) this.#mention(node, 'read');
        break;
      default:
        break;
    }
  }

  #mention(node: Node, access: Mention['access']): void {
    if (node.kind !== 'Name' && node.kind !== 'LocalName') return;
    const { name } = node as Node & { readonly name: string };
    if (access === 'assigned') this.#targets.add(node);
    const line = this.#lineOf(node.start);
    const known = this.mentions.get(line);
    if (known === undefined) this.mentions.set(line, [{ name, access }]);
    else if (!known.some((other) => other.name === name && other.access === access)) {
      known.push({ name, access });
    }
  }

  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'start' in value;
}
