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
  /** `reference/kumo/make_queue_config/_index.md`; absent for what KumoMTA does not document. */
  readonly page?: string;
  /** First release with it, without the hash: `2024.09.02`. Absent: always there. `dev`: unreleased. */
  readonly since?: string;
  readonly deprecated?: Deprecation;
  /** Exists in the source and not in the documentation. */
  readonly undocumented?: true;
}

export interface Deprecation {
  readonly since?: string;
  /** Full name of what replaces it: `kumo.serde.json_encode`. */
  readonly use?: string;
}

/**
 * Types are written as in LuaLS annotations: `string`, `integer`, `number`, `boolean`, `table`,
 * `any`, `nil`, `fun(…)`, `string[]`, `table<string, string>`, `A|B`, `A?`, literals
 * `'TimerWheel'`, names of objects (`Message`), of parameter tables (`QueueConfigParameters`) and of
 * aliases, of which the checks know the texts behind `duration`, `throttle`, `limit`, `keysource`.
 * `parseType` in type-text.ts reads them.
 */
export type TypeText = string;

/**
 * What the workbench does with it today: runs it as kumod does, answers it without the effect that
 * it has in kumod, or refuses it (kumo has no such field here).
 */
export type Availability = 'runs' | 'simulated' | 'refused';

export interface Parameter {
  readonly name: string;
  readonly type: TypeText;
  readonly optional?: true;
  readonly summary?: string;
  /** First release that takes it, when the function is older. */
  readonly since?: string;
}

export interface FunctionEntry extends Described {
  readonly parameters: readonly Parameter[];
  /** Each returned value; empty: nothing. */
  readonly returns: readonly TypeText[];
  /** More arguments of this type may follow. */
  readonly variadic?: TypeText;
  /** Raises an error always: what follows the call does not run. */
  readonly neverReturns?: true;
  /** Where it is meant to be called: outside of handlers, or while kumod starts (pre_init, init). */
  readonly only?: 'main-chunk' | 'init';
  readonly here: Availability;
}

/** A table of named fields that a function takes or returns, or an object has. */
export interface TableEntry extends Described {
  readonly fields: readonly FieldEntry[];
  /** `denied`: kumod raises an error; `ignored`: kumod says nothing. */
  readonly unknownFields: 'denied' | 'ignored';
  /** Fields of any other name have this type. */
  readonly otherFields?: TypeText;
  /** Name of a table whose fields it takes as well; none of them is required here. */
  readonly includes?: string;
}

export interface FieldEntry extends Described {
  readonly type: TypeText;
  readonly required?: true;
  /** As KumoMTA would print it: `20m`, `nil`. */
  readonly default?: string;
}

/** A field of a module or an object, which the workbench has or has not. */
export interface MemberField extends FieldEntry {
  readonly here: Availability;
  /** May be assigned. */
  readonly writable?: true;
}

export type LuaOperator = 'add' | 'sub' | 'eq' | 'len' | 'tostring' | 'pairs' | 'close';

export interface OperatorEntry {
  readonly operator: LuaOperator;
  readonly operand?: TypeText;
  readonly result?: TypeText;
}

/** An object with methods and fields: `Message`, `AmqpClient`. */
export interface ObjectEntry extends Described {
  readonly methods: readonly FunctionEntry[];
  readonly fields: readonly MemberField[];
  /** It can also be read like this table: `config.retry_interval`. */
  readonly readsAs?: string;
  /** It can be indexed with any key of one type. */
  readonly indexed?: { readonly key: TypeText; readonly value: TypeText; readonly writable?: true };
  readonly operators?: readonly OperatorEntry[];
}

export interface ModuleEntry extends Described {
  /** `kumo`, `kumo.amqp`, `policy-extras.queue`. */
  readonly functions: readonly FunctionEntry[];
  readonly fields: readonly MemberField[];
  /** What a policy gives to `require`: `policy-extras.queue`; absent for sub-modules of kumo. */
  readonly require?: string;
  /** Functions that are called with a colon: `queue_helper:setup(…)`. */
  readonly methods?: readonly FunctionEntry[];
  /** Exists in this program only. */
  readonly program?: 'tsa-daemon' | 'proxy-server';
}

export interface EventEntry extends Described {
  readonly parameters: readonly Parameter[];
  readonly returns: readonly TypeText[];
  /** Arguments of this type follow. */
  readonly variadic?: TypeText;
  /** Several handlers may be registered; the first that returns a value ends it. */
  readonly multi: boolean;
  /** A handler that returns nothing is an error. */
  readonly mustReturn?: true;
  /** What an error, and what kumo.reject, leads to. */
  readonly onError: string;
  readonly onReject?: string;
  /** Fired by another program than kumod. */
  readonly firedBy?: 'tsa-daemon' | 'proxy-server';
}

/** An event whose name the policy chooses. */
export interface PolicyNamedEvent extends EventEntry {
  /** Where the name is given: `QueueProtocolCustomLua.constructor`, `SpawnTaskParameters.event_name`. */
  readonly namedBy: string;
  /** What kumod puts before the name that was given: `log_disposition_`. */
  readonly prefix?: string;
}

/** A name for a type. */
export interface AliasEntry extends Described {
  readonly type: TypeText;
}

export interface Catalogue {
  /** KumoMTA commit or release that it was made from. */
  readonly kumomta: string;
  readonly modules: readonly ModuleEntry[];
  readonly objects: readonly ObjectEntry[];
  readonly tables: readonly TableEntry[];
  readonly aliases: readonly AliasEntry[];
  readonly events: readonly EventEntry[];
  readonly policyNamedEvents: readonly PolicyNamedEvent[];
}
