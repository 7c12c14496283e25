/**
 * What functions are called where they are defined: `sender:send`, `routes.find`, the event for a
 * handler of `kumo.on`. Lua itself knows only the name by which a function was called last.
 */
import { parseLua } from '../analysis/syntax/parser.ts';
import type {
  Block,
  CallExpression,
  Expression,
  FunctionExpression,
  Statement,
  TableField,
} from '../analysis/syntax/syntax-tree.ts';
import { decodeUtf8 } from '../vm/platform.ts';

/** Where a function was defined, as Lua tells it. */
export interface DefinedFunction {
  /** Raw chunk name. */
  readonly source: string;
  readonly lineDefined: number;
  readonly lastLineDefined: number;
}

export class FunctionNames {
  private readonly readFile: (path: string) => Uint8Array | undefined;
  private readonly files = new Map<string, ReadonlyMap<string, string>>();

  constructor(readFile: (path: string) => Uint8Array | undefined) {
    this.readFile = readFile;
  }

  /** Undefined where the source gives no name, or two functions on the same lines have different ones. */
  nameOf({ source, lineDefined, lastLineDefined }: DefinedFunction): string | undefined {
    if (!source.startsWith('@')) return undefined;
    return this.namesIn(source.slice(1)).get(`${lineDefined}-${lastLineDefined}`);
  }

  private namesIn(path: string): ReadonlyMap<string, string> {
    let names = this.files.get(path);
    if (names === undefined) {
      const bytes = this.readFile(path);
      names = bytes === undefined ? new Map() : definedNames(decodeUtf8(bytes));
      this.files.set(path, names);
    }
    return names;
  }
}

/** By `first line-last line`. */
function definedNames(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string | undefined>();
  const lineOf = lineFinder(text);
  const add = (fn: FunctionExpression, name: string | undefined): void => {
    const lines = `${lineOf(fn.start)}-${lineOf(fn.end - 1)}`;
    names.set(lines, names.has(lines) && names.get(lines) !== name ? undefined : name);
  };
  nameFunctions(parseLua(text).body, undefined, add);
  return new Map([...names].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

type Node = Block | Statement | Expression | TableField;
type Add = (fn: FunctionExpression, name: string | undefined) => void;

/** @param name of the value that the node is, or of the table whose fields are inside. */
function nameFunctions(node: Node, name: string | undefined, add: Add): void {
  switch (node.kind) {
    case 'FunctionExpression':
      add(node, name);
      break;
    case 'Function':
      nameFunctions(node.fn, pathOf(node.target, node.isMethod), add);
      return;
    case 'LocalFunction':
      nameFunctions(node.fn, node.name.name, add);
      return;
    case 'Local':
      node.values.forEach((value, i) => nameFunctions(value, node.names[i]?.name, add));
      return;
    case 'Assignment':
      node.values.forEach((value, i) => nameFunctions(value, pathOf(node.targets[i]), add));
      return;
    case 'NamedField':
      nameFunctions(node.value, name === undefined ? node.name : `${name}.${node.name}`, add);
      return;
    case 'Table':
      for (const field of node.fields) nameFunctions(field, name, add);
      return;
    case 'Call':
      nameFunctions(node.callee, undefined, add);
      node.args.forEach((arg, i) =>
        nameFunctions(arg, i === 1 ? handledEvent(node) : undefined, add),
      );
      return;
    default:
      break;
  }
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) nameFunctions(child, undefined, add);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** `a.b.c` for a chain of names, with `:` before the last one of a method. */
function pathOf(target: Expression | undefined, isMethod = false): string | undefined {
  if (target?.kind === 'Name') return target.name;
  if (target?.kind !== 'Member') return undefined;
  const object = pathOf(target.object);
  return object === undefined ? target.name : `${object}${isMethod ? ':' : '.'}${target.name}`;
}

/** The event of `kumo.on('event', …)`. */
function handledEvent({ callee, args }: CallExpression): string | undefined {
  const [event] = args;
  if (callee.kind !== 'Member' || callee.name !== 'on') return undefined;
  return event?.kind === 'String' ? event.value : undefined;
}

/** Lines as Lua counts them (llex.c inclinenumber): CR, LF or both, in either order. */
function lineFinder(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\r\n|\n\r|\r|\n/g)].map(({ index }) => index);
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
