/** Reads the types of the catalogue, a subset of LuaLS's annotation types. */
import type { TypeText } from './catalogue-contract.ts';

export type TypeNode =
  /** A basic type or the name of an object, table or alias. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array'; readonly element: TypeNode }
  | { readonly kind: 'map'; readonly key: TypeNode; readonly value: TypeNode }
  | { readonly kind: 'union'; readonly members: readonly TypeNode[] }
  | {
      readonly kind: 'function';
      readonly parameters: readonly ParameterNode[];
      readonly variadic?: TypeNode;
      readonly returns: readonly TypeNode[];
    };

export interface ParameterNode {
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeNode;
}

/** `(name: type, name?: type, ...: type): type, type` */
export interface SignatureNode {
  readonly parameters: readonly ParameterNode[];
  readonly variadic?: TypeNode;
  readonly returns: readonly TypeNode[];
}

export const BASIC_TYPES: ReadonlySet<string> = new Set([
  'any',
  'nil',
  'string',
  'integer',
  'number',
  'boolean',
  'table',
  'function',
]);

const TOKEN = /\s*(\.\.\.|[A-Za-z_][\w.]*|-?\d+(?:\.\d+)?|'[^']*'|[()<>,:|?]|\[\])/y;

/** @throws Error when the text is no type. */
export function parseType(text: TypeText): TypeNode {
  const reader = new Reader(text);
  const type = reader.type();
  reader.end();
  return type;
}

/** @throws Error when the text is no signature. */
export function parseSignature(text: string): SignatureNode {
  const reader = new Reader(text);
  const signature = reader.signature();
  reader.end();
  return signature;
}

/** The type as text again, in LuaLS's form. */
export function typeToText(type: TypeNode): TypeText {
  switch (type.kind) {
    case 'name':
      return type.name;
    case 'literal':
      return typeof type.value === 'string' ? `'${type.value}'` : String(type.value);
    case 'array':
      return `${nested(type.element)}[]`;
    case 'map':
      return `table<${typeToText(type.key)}, ${typeToText(type.value)}>`;
    case 'union':
      return type.members.map((member) => nestedFunction(member)).join('|');
    case 'function': {
      const parameters = type.parameters.map(
        ({ name, optional, type: of }) => `${name}${optional ? '?' : ''}: ${typeToText(of)}`,
      );
      if (type.variadic !== undefined) parameters.push(`...: ${typeToText(type.variadic)}`);
      const returns = type.returns.map(nestedFunction).join(', ');
      return `fun(${parameters.join(', ')})${returns === '' ? '' : `: ${returns}`}`;
    }
  }
}

/** Every name in a type that is no basic type. */
export function namesInType(type: TypeNode): string[] {
  switch (type.kind) {
    case 'name':
      return BASIC_TYPES.has(type.name) ? [] : [type.name];
    case 'literal':
      return [];
    case 'array':
      return namesInType(type.element);
    case 'map':
      return [...namesInType(type.key), ...namesInType(type.value)];
    case 'union':
      return type.members.flatMap(namesInType);
    case 'function':
      return [
        ...type.parameters.map((parameter) => parameter.type),
        ...(type.variadic === undefined ? [] : [type.variadic]),
        ...type.returns,
      ].flatMap(namesInType);
  }
}

function nested(type: TypeNode): string {
  const text = typeToText(type);
  return type.kind === 'union' || type.kind === 'function' ? `(${text})` : text;
}

function nestedFunction(type: TypeNode): string {
  return type.kind === 'function' ? `(${typeToText(type)})` : typeToText(type);
}

class Reader {
  readonly #text: string;
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    TOKEN.lastIndex = 0;
    const trimmed = text.trimEnd();
    while (TOKEN.lastIndex < trimmed.length) {
      const match = TOKEN.exec(trimmed);
      if (match === null) throw this.#error();
      this.#tokens.push(match[1] ?? '');
    }
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#error();
  }

  type(): TypeNode {
    const members = [this.#postfixed()];
    while (this.#take('|')) members.push(this.#postfixed());
    const [only] = members;
    return members.length === 1 && only !== undefined ? only : union(members);
  }

  signature(): SignatureNode {
    this.#expect('(');
    const parameters: ParameterNode[] = [];
    let variadic: TypeNode | undefined;
    while (!this.#take(')')) {
      if (parameters.length > 0 || variadic !== undefined) this.#expect(',');
      const name = this.#next();
      const optional = this.#take('?');
      this.#expect(':');
      if (name === '...') variadic = this.type();
      else parameters.push({ name, optional, type: this.type() });
    }
    const returns: TypeNode[] = [];
    if (this.#take(':')) {
      do returns.push(this.type());
      while (this.#take(','));
    }
    return { parameters, ...(variadic === undefined ? {} : { variadic }), returns };
  }

  #postfixed(): TypeNode {
    let type = this.#primary();
    for (;;) {
      if (this.#take('[]')) type = { kind: 'array', element: type };
      else if (this.#take('?')) type = union([type, { kind: 'name', name: 'nil' }]);
      else return type;
    }
  }

  #primary(): TypeNode {
    const token = this.#next();
    if (token === '(') {
      const type = this.type();
      this.#expect(')');
      return type;
    }
    if (token.startsWith("'")) return { kind: 'literal', value: token.slice(1, -1) };
    if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) };
    if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' };
    if (token === 'fun') return { kind: 'function', ...this.signature() };
    if (!/^[A-Za-z_]/.test(token)) throw this.#error();
    if (token === 'table' && this.#take('<')) {
      const key = this.type();
      this.#expect(',');
      const value = this.type();
      this.#expect('>');
      return { kind: 'map', key, value };
    }
    return { kind: 'name', name: token };
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#error();
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#error();
  }

  #error(): Error {
    return new Error(`no type of the catalogue: ${this.#text}`);
  }
}

function union(members: readonly TypeNode[]): TypeNode {
  return {
    kind: 'union',
    members: members.flatMap((member) => (member.kind === 'union' ? member.members : [member])),
  };
}
