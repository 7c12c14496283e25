/**
 * Random policies of one queue whose every path can be walked: conditions ask for flags in the message's
 * metadata, and each statement first prints its line, so that a run tells where it went.
 */
import { RandomNumbers } from './random-numbers.ts';

export const FLAGS = ['a', 'b', 'c'] as const;
/** Domains that get_queue_config has a branch for. */
export const DOMAINS = ['d0', 'd1', 'd2'] as const;

/** What an expression can be when it is evaluated, in Lua's names of types. */
type LuaType = 'string' | 'number' | 'boolean' | 'nil' | 'table' | 'userdata';

interface Expression {
  readonly text: string;
  /** Every type that some run may see. */
  readonly types: ReadonlySet<LuaType>;
}

export interface RandomPolicy {
  readonly text: string;
  /** Lines of returns of send that no run can convert to a string. */
  readonly unconvertible: ReadonlySet<number>;
  /** The line where send ends without a return, if it may. */
  readonly endOfSend: number;
}

const one = (text: string, type: LuaType): Expression => ({ text, types: new Set([type]) });

/** Statements that raise whenever they run, and that the checks know of. */
const RAISING = [
  "kumo.rejekt(550, 'no')",
  "message:get_metadata('a')",
  "print(kumo.amqp.connect('x'))",
  'undefined_name.field = 1',
  'undefined_function(message)',
  "kumo.make_queue_config { retry_intervall = '5m' }",
  "kumo.make_queue_config { max_age = '60' }",
  "kumo.make_queue_config { egress_pool = { 'a' } }",
  "kumo.make_queue_config { strategy = 'TimeWheel' }",
  'message.id()',
  "print(string.split('a-b', '-'))",
  "kumo.amqp.basic_publish { routing_key = 'q', connection = { host = 'h' } }",
  "kumo.amqp.basic_publish { routing_key = 'q', payload = 'p', persistent = true, connection = { host = 'h' } }",
  "kumo.amqp.basic_publish { routing_key = 'q', payload = 'p', connection = { host = 'h', port = '5672' } }",
  'kumo.reject(550)',
] as const;

/** Statements that never raise, some of which look as if they did. */
const HARMLESS = [
  "message:set_meta('seen', 1)",
  "local _ = message:get_meta('nothing')",
  "kumo.log_info('at', message:id())",
  "kumo.make_queue_config { retry_interval = 60, max_age = '1h 30m', reap_interval = '0' }",
  "kumo.make_queue_config { egress_pool = nil, max_message_rate = 'local:1,000/s' }",
  "kumo.amqp.basic_publish { routing_key = 'q', payload = 'p', connection = { host = 'h', port = 5672 } }",
  'local _ = optional_name and optional_name.field',
  "local _ = ('x'):rep(3):upper()",
  "pcall(error, 'caught')",
  'local _ = pcall(function() undefined_elsewhere = nil end)',
] as const;

const ENDING = [
  "kumo.reject(550, 'no')",
  "kumo.reject(451, 'later')",
  "error('boom')",
  'fail()',
] as const;

export function randomPolicy(seed: number): RandomPolicy {
  return new Generator(seed).policy();
}

class Generator {
  readonly #random: RandomNumbers;
  readonly #lines: string[] = [];
  /** The returns of send, with what they give: a variable may still be assigned something else. */
  readonly #returned: { readonly line: number; readonly types: ReadonlySet<LuaType> }[] = [];
  #locals: Expression[] = [];
  /** Locals that may be assigned again, and what they can be. */
  #variables: { readonly name: string; readonly types: Set<LuaType> }[] = [];
  readonly #helpers: Expression[] = [];
  #names = 0;

  constructor(seed: number) {
    this.#random = new RandomNumbers(seed);
  }

  policy(): RandomPolicy {
    this.#line("local kumo = require 'kumo'");
    this.#line("local function fail() error('failed on purpose') end");
    this.#line("local function told() return 'told' end");
    this.#line('local function nothing() end');
    for (let i = this.#random.below(4); i > 0; i--) this.#helper();
    this.#queueConfig();
    this.#line("kumo.on('make.random', function()");
    const isMethod = this.#random.chance(50);
    this.#line(isMethod ? '  local sender = {}' : '  return {');
    this.#line(isMethod ? '  function sender:send(message)' : '    send = function(self, message)');
    this.#block(2);
    this.#line(isMethod ? '  end' : '    end,');
    const endOfSend = this.#lines.length;
    this.#line(isMethod ? '  return sender' : '  }');
    this.#line('end)');
    return {
      text: `${this.#lines.join('\n')}\n`,
      unconvertible: new Set(
        this.#returned.flatMap(({ line, types }) =>
          types.has('string') || types.has('number') ? [] : [line],
        ),
      ),
      endOfSend,
    };
  }

  #queueConfig(): void {
    this.#line("kumo.on('get_queue_config', function(domain)");
    for (const domain of DOMAINS) {
      if (this.#random.chance(30)) continue;
      this.#line(`  if domain == '${domain}' then`);
      this.#statement(
        this.#random.oneOf([
          "return kumo.make_queue_config { max_age = '1 day' }",
          'return kumo.make_queue_config { retry_interval = 5.5 }',
          'return kumo.make_queue_config { retry_intervall = 5 }',
          'return kumo.make_queue_config()',
          "return kumo.make_queue_config { protocol = { custom_lau = { constructor = 'x' } } }",
          "return kumo.make_queue_config { max_message_rate = '100 per second' }",
          'return nil',
          'return',
          "return { max_age = '1 day' }",
          "return 'pool'",
          'return nothing()',
          'local _ = tenant.name',
        ]),
      );
      this.#line('  end');
    }
    this.#line("  if domain == 'random' then");
    this.#line(
      "    return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.random' } } }",
    );
    this.#line('  end');
    this.#line('end)');
  }

  /** A function of the message: it gives one thing or another, raises, or gives nothing. */
  #helper(): void {
    const name = `helper${++this.#names}`;
    const [first, second] = [this.#simple(), this.#simple()].map((value) =>
      // What a parameter holds is not followed.
      value.text === 'message' ? one('{}', 'table') : value,
    ) as [Expression, Expression];
    const flag = this.#random.oneOf(FLAGS);
    const types = new Set([...first.types, ...second.types]);
    this.#line(`local function ${name}(message)`);
    this.#line(`  if message:get_meta('${flag}') then return ${first.text} end`);
    const ending = this.#random.below(4);
    if (ending === 0) this.#line('  fail()');
    else if (ending === 1) this.#line("  message:set_meta('helped', 1)");
    else this.#line(`  return ${second.text}`);
    this.#line('end');
    const given =
      ending === 0 ? first.types : ending === 1 ? new Set([...first.types, 'nil' as const]) : types;
    this.#helpers.push({ text: `${name}(message)`, types: given });
  }

  /** Statements of a block; whether its end can be reached does not matter. */
  #block(depth: number): void {
    const visible = this.#locals;
    const variables = this.#variables;
    const count = 1 + this.#random.below(3);
    for (let i = 0; i < count; i++) {
      const kind = this.#random.below(100);
      if (kind < 35 && depth > 0) this.#branch(depth - 1);
      else if (kind < 50) this.#local();
      else if (kind < 60) this.#statement(this.#random.oneOf(HARMLESS));
      else if (kind < 68) this.#statement(this.#random.oneOf(RAISING));
      else if (kind < 73 && depth > 0) this.#loop(depth - 1);
      else {
        // Nothing may stand behind a return or a call that ends the block.
        this.#end();
        break;
      }
    }
    this.#locals = visible;
    this.#variables = variables;
  }

  #branch(depth: number): void {
    this.#line(`if ${this.#condition()} then`);
    this.#block(depth);
    if (this.#random.chance(25)) {
      this.#line(`elseif ${this.#condition()} then`);
      this.#block(depth);
    }
    if (this.#random.chance(50)) {
      this.#line('else');
      this.#block(depth);
    }
    this.#line('end');
  }

  #loop(depth: number): void {
    this.#line(this.#random.oneOf(['for _ = 1, 2 do', 'while true do', 'repeat']));
    const isRepeat = this.#lines.at(-1) === 'repeat';
    this.#block(depth);
    // A return must be the last statement of its block.
    this.#line(`if ${this.#condition()} then break end`);
    if (!isRepeat) this.#statement('do break end');
    this.#line(isRepeat ? 'until true' : 'end');
  }

  #condition(): string {
    const flag = this.#random.oneOf(FLAGS);
    return this.#random.oneOf([
      `message:get_meta('${flag}')`,
      `not message:get_meta('${flag}')`,
      `message:get_meta('${flag}') == 'yes'`,
    ]);
  }

  #end(): void {
    if (this.#random.chance(25)) {
      this.#statement(this.#random.oneOf(ENDING));
      return;
    }
    const value = this.#expression();
    this.#statement(`do return ${value.text} end`);
    this.#returned.push({ line: this.#lines.length, types: value.types });
  }

  #local(): void {
    const value = this.#expression();
    const variable = this.#variables.length === 0 ? undefined : this.#random.oneOf(this.#variables);
    if (variable !== undefined && this.#random.chance(30)) {
      // A variable that gets itself, over others perhaps, is not followed.
      const given = this.#simple();
      for (const type of given.types) variable.types.add(type);
      this.#statement(`${variable.name} = ${given.text}`);
      return;
    }
    if (this.#random.chance(20)) {
      const name = `w${++this.#names}`;
      const types = new Set<LuaType>(['nil']);
      this.#line(`local ${name}`);
      this.#variables = [...this.#variables, { name, types }];
      this.#locals = [...this.#locals, { text: name, types }];
      return;
    }
    if (this.#random.chance(20)) {
      const name = `t${++this.#names}`;
      this.#statement(`local ${name} = { x = ${value.text} }`);
      this.#locals = [
        ...this.#locals,
        { text: `${name}.x`, types: value.types },
        one(`${name}.y`, 'nil'),
        one(name, 'table'),
      ];
      return;
    }
    const name = `v${++this.#names}`;
    this.#statement(`local ${name} = ${value.text}`);
    this.#locals = [...this.#locals, { text: name, types: value.types }];
  }

  #simple(): Expression {
    return this.#random.oneOf([
      one("'250 ok'", 'string'),
      one("'250 ' .. message:id()", 'string'),
      one('message:num_attempts()', 'number'),
      one('#message:get_data()', 'number'),
      one("tostring(message:get_meta('a'))", 'string'),
      one("string.format('%d', 250)", 'string'),
      one('told()', 'string'),
      one('nothing()', 'nil'),
      one('nil', 'nil'),
      one('true', 'boolean'),
      one('message:num_attempts() == 0', 'boolean'),
      one('{ code = 250 }', 'table'),
      one('message', 'userdata'),
      one('(pcall(told))', 'boolean'),
      one('select(2, pcall(told))', 'string'),
      one("not message:get_meta('b')", 'boolean'),
    ]);
  }

  #expression(): Expression {
    const kind = this.#random.below(100);
    if (kind < 30 && this.#locals.length > 0) return this.#random.oneOf(this.#locals);
    if (kind < 45 && this.#helpers.length > 0) return this.#random.oneOf(this.#helpers);
    if (kind < 55) {
      const [left, right] = [this.#simple(), this.#simple()];
      const types = new Set([...left.types, ...right.types]);
      return { text: `(${left.text}) or ${right.text}`, types };
    }
    return this.#simple();
  }

  /** One line that first tells that it is reached. */
  #statement(text: string): void {
    this.#line(`print(${this.#lines.length + 1}) ${text}`);
  }

  #line(text: string): void {
    this.#lines.push(text);
  }
}
