/**
 * The catalogue of the KumoMTA API, as data: what exists, since when, what goes in and out. Hover,
 * completion, signature help, the checks and the LuaLS meta file read nothing else. Texts are our own;
 * `page` leads to KumoMTA's documentation, relative to `docs/` in its repository.
 */

/** What every entry of the catalogue has. */
export interface Described {
  readonly name: string;
  /** One to three sentences of Markdown in our words. */
  readonly summary: string;
  /** `reference/kumo/make_queue_config/index.md`; absent for what KumoMTA does not document. */
  readonly page?: string;
  /** First release with it, as KumoMTA's docs say (`2024.09.02-…` without the hash); absent: always there. `dev`: unreleased. */
  readonly since?: string;
  readonly deprecated?: { readonly since?: string; readonly use?: string };
  /** Exists in the source and not in the documentation. */
  readonly undocumented?: true;
}

/**
 * Types are written as in LuaLS annotations: `string`, `integer`, `number`, `boolean`, `table`,
 * `fun(…)`, `string[]`, `table<string, string>`, `A|B`, literals `'TimerWheel'`, names of objects
 * (`Message`) and of parameter tables (`QueueConfigParameters`), and the aliases `duration`,
 * `throttle`, `limit`, `keysource`, whose strings the checks know.
 */
export type TypeText = string;

export interface Parameter {
  readonly name: string;
  readonly type: TypeText;
  readonly optional?: true;
  readonly summary?: string;
}

export interface FunctionEntry extends Described {
  readonly parameters: readonly Parameter[];
  /** Each returned value; empty: nothing. */
  readonly returns: readonly TypeText[];
  /** More arguments of this type may follow. */
  readonly variadic?: TypeText;
  /** Must not be called in this place: `handler` for kumo.on, `main-chunk`, `init-only`. */
  readonly only?: 'main-chunk' | 'init';
  /** What the workbench does with it: runs it as kumod does, answers it from the simulation, or refuses the call. */
  readonly here: 'runs' | 'simulated' | 'refused';
}

/** A table of named fields that a function takes or an object has. */
export interface TableEntry extends Described {
  readonly fields: readonly FieldEntry[];
  /** `denied`: kumod raises an error; `ignored`: kumod says nothing. */
  readonly unknownFields: 'denied' | 'ignored';
}

export interface FieldEntry extends Described {
  readonly type: TypeText;
  readonly required?: true;
  /** As KumoMTA would print it: `20m`, `nil`. */
  readonly default?: string;
}

/** An object with methods and fields: `Message`, `AmqpClient`. */
export interface ObjectEntry extends Described {
  readonly methods: readonly FunctionEntry[];
  readonly fields: readonly FieldEntry[];
}

export interface ModuleEntry extends Described {
  /** `kumo`, `kumo.amqp`, `policy-extras.queue`. */
  readonly functions: readonly FunctionEntry[];
  readonly fields: readonly FieldEntry[];
  /** How a policy gets it: `require 'policy-extras.queue'`; absent for sub-modules of kumo. */
  readonly require?: string;
}

export interface EventEntry extends Described {
  readonly parameters: readonly Parameter[];
  readonly returns: readonly TypeText[];
  /** Several handlers may be registered; the first that returns a value ends it. */
  readonly multi: boolean;
  /** A handler that returns nothing is an error. */
  readonly mustReturn?: true;
  /** What an error, and what kumo.reject, leads to. */
  readonly onError: string;
  readonly onReject?: string;
  /** Fired by another program: `tsa-daemon`, `proxy-server`. */
  readonly firedBy?: 'tsa-daemon' | 'proxy-server';
}

export interface Catalogue {
  /** KumoMTA commit or release that it was made from. */
  readonly kumomta: string;
  readonly modules: readonly ModuleEntry[];
  readonly objects: readonly ObjectEntry[];
  readonly tables: readonly TableEntry[];
  readonly events: readonly EventEntry[];
}
