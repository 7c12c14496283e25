import { RequestProblem } from './request-problem.ts';

/** Arguments of a request as they came: nothing is believed of their types. */
export class RequestArguments {
  readonly command: string;
  readonly #values: { readonly [name: string]: unknown };

  constructor(command: string, values: unknown) {
    this.command = command;
    this.#values = isObject(values) ? values : {};
  }

  get all(): { readonly [name: string]: unknown } {
    return this.#values;
  }

  /** An integer. */
  number(name: string): number {
    const value = this.optionalNumber(name);
    if (value === undefined) throw this.#wrong(name, 'a whole number');
    return value;
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw this.#wrong(name, 'a whole number');
    }
    return value;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw this.#wrong(name, 'a text');
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.#wrong(name, 'a text');
    return value;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** The members of an object; empty when it is absent. */
  object(name: string): RequestArguments {
    const value = this.#values[name];
    if (value !== undefined && value !== null && !isObject(value)) {
      throw this.#wrong(name, 'an object');
    }
    return new RequestArguments(this.command, value ?? {});
  }

  /** Empty when it is absent. */
  objects(name: string): readonly RequestArguments[] {
    return this.#list(name).map((item) => {
      if (!isObject(item)) throw this.#wrong(name, 'a list of objects');
      return new RequestArguments(this.command, item);
    });
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map((item) => {
      if (typeof item !== 'string') throw this.#wrong(name, 'a list of texts');
      return item;
    });
  }

  numbers(name: string): readonly number[] {
    return this.#list(name).map((item) => {
      if (typeof item !== 'number') throw this.#wrong(name, 'a list of numbers');
      return item;
    });
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  #list(name: string): readonly unknown[] {
    const value = this.#values[name];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw this.#wrong(name, 'a list');
    return value as readonly unknown[];
  }

  #wrong(name: string, kind: string): RequestProblem {
    return new RequestProblem(`\`${name}\` of ${this.command} must be ${kind}.`);
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
