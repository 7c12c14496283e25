/** Texts that mlua 0.11.6 with serde was seen to give for KumoMTA's own structs. */
import { describe, expect, it } from 'vitest';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

const FIELDS =
  'expected one of `retry_interval`, `max_retry_interval`, `max_age`, `egress_pool`, ' +
  '`max_message_rate`, `protocol`, `reap_interval`, `refresh_interval`, ' +
  '`timerwheel_tick_interval`, `strategy`, `refresh_strategy`, `provider_name`, `shrink_policy`';
const STRATEGIES =
  'expected one of `TimerWheel`, `SkipList`, `SingletonTimerWheel`, `SingletonTimerWheelV2`';
const NO_PROTOCOL = 'data did not match any variant of untagged enum DeliveryProto';

/** Lua expression, serde's message, the table as JSON. */
const CASES: readonly (readonly [string, string, string])[] = [
  [
    "{retry_intervall='1m'}",
    `unknown field \`retry_intervall\`, ${FIELDS}`,
    '{"retry_intervall":"1m"}',
  ],
  [
    "{shrink_policy={{interval='1m'}}}",
    'missing field `policy`',
    '{"shrink_policy":[{"interval":"1m"}]}',
  ],
  [
    "{shrink_policy={{policy='NoShrink'}}}",
    'missing field `interval`',
    '{"shrink_policy":[{"policy":"NoShrink"}]}',
  ],
  [
    '{shrink_policy={{x=1}}}',
    'unknown field `x`, expected `interval` or `policy`',
    '{"shrink_policy":[{"x":1}]}',
  ],
  [
    "{shrink_policy={{policy='Foo'}}}",
    'unknown variant `Foo`, expected one of `ShrinkDataAndMeta`, `ShrinkData`, `NoShrink`',
    '{"shrink_policy":[{"policy":"Foo"}]}',
  ],
  ['{shrink_policy=5}', 'invalid type: integer, expected table', '{"shrink_policy":5}'],
  ["{shrink_policy={'a'}}", 'invalid type: string, expected table', '{"shrink_policy":["a"]}'],
  ['{egress_pool=true}', 'invalid type: boolean `true`, expected a string', '{"egress_pool":true}'],
  ['{egress_pool=5}', 'invalid type: integer `5`, expected a string', '{"egress_pool":5}'],
  [
    '{egress_pool=1.5}',
    'invalid type: floating point `1.5`, expected a string',
    '{"egress_pool":1.5}',
  ],
  [
    '{egress_pool=2.0}',
    'invalid type: floating point `2.0`, expected a string',
    '{"egress_pool":2.0}',
  ],
  ['{egress_pool={a=1}}', 'invalid type: map, expected a string', '{"egress_pool":{"a":1}}'],
  ['{egress_pool={1}}', 'invalid type: sequence, expected a string', '{"egress_pool":[1]}'],
  ['{egress_pool={}}', 'invalid type: map, expected a string', '{"egress_pool":{}}'],
  [
    "{egress_pool='\\xff'}",
    'invalid value: byte array, expected a string',
    '{"egress_pool":[255]}',
  ],
  [
    '{egress_pool=print}',
    'unsupported value type `function`',
    '<unable to encode as json: cannot serialize <function>>',
  ],
  [
    '{egress_pool=coroutine.create(print)}',
    'unsupported value type `thread`',
    '<unable to encode as json: cannot serialize <thread>>',
  ],
  ['nil', 'invalid type: nil, expected table', 'null'],
  ["'x'", 'invalid type: string, expected table', '"x"'],
  ['5', 'invalid type: integer, expected table', '5'],
  ['5.5', 'invalid type: number, expected table', '5.5'],
  ['true', 'invalid type: boolean, expected table', 'true'],
  ["{'x'}", 'invalid type: integer `1`, expected field identifier', '["x"]'],
  ['{[true]=1}', 'invalid type: boolean `true`, expected field identifier', '{"true":1}'],
  ['{[1.5]=1}', 'invalid type: floating point `1.5`, expected field identifier', '{"1.5":1}'],
  [
    '{[{}]=1}',
    'invalid type: map, expected field identifier',
    '<unable to encode as json: key must be a string>',
  ],
  [
    "{retry_interval='abc'}",
    'invalid value: string "abc", expected a duration',
    '{"retry_interval":"abc"}',
  ],
  ["{retry_interval=''}", 'invalid value: string "", expected a duration', '{"retry_interval":""}'],
  [
    "{max_retry_interval='60'}",
    'invalid value: string "60", expected a duration',
    '{"max_retry_interval":"60"}',
  ],
  [
    '{retry_interval=true}',
    'invalid type: boolean `true`, expected a duration',
    '{"retry_interval":true}',
  ],
  [
    '{retry_interval=-1}',
    'duration must either be a string or a positive integer specifying the number of seconds. (error: out of range integral type conversion attempted)',
    '{"retry_interval":-1}',
  ],
  ['{retry_interval={}}', 'invalid type: map, expected a duration', '{"retry_interval":{}}'],
  [
    '{retry_interval=\'say "hi"\\n\\t\\\\é\\u{7f}\'}',
    'invalid value: string "say \\"hi\\"\\n\\t\\\\é\\u{7f}", expected a duration',
    '{"retry_interval":"say \\"hi\\"\\n\\t\\\\é\u007f"}',
  ],
  ["{max_message_rate='5'}", "expected 'limit/period', got 5", '{"max_message_rate":"5"}'],
  ["{max_message_rate='5/10'}", 'invalid period quantity 10', '{"max_message_rate":"5/10"}'],
  [
    "{max_message_rate='x/s'}",
    "invalid limit 'x': invalid digit found in string",
    '{"max_message_rate":"x/s"}',
  ],
  [
    "{max_message_rate='0/s'}",
    'invalid ThrottleSpec `0/s`: limit must be greater than 0!',
    '{"max_message_rate":"0/s"}',
  ],
  [
    "{max_message_rate='5/fortnight'}",
    'unknown period quantity fortnight',
    '{"max_message_rate":"5/fortnight"}',
  ],
  [
    '{max_message_rate=100}',
    'invalid type: integer `100`, expected a string',
    '{"max_message_rate":100}',
  ],
  ["{strategy='Foo'}", `unknown variant \`Foo\`, ${STRATEGIES}`, '{"strategy":"Foo"}'],
  ['{strategy=5}', 'bad enum value', '{"strategy":5}'],
  ['{strategy={}}', 'invalid value: map, expected map with a single key', '{"strategy":{}}'],
  [
    '{strategy={TimerWheel=1}}',
    'invalid type: newtype variant, expected unit variant',
    '{"strategy":{"TimerWheel":1}}',
  ],
  [
    "{refresh_strategy='x'}",
    'unknown variant `x`, expected `Ttl` or `Epoch`',
    '{"refresh_strategy":"x"}',
  ],
  ["{protocol='null'}", NO_PROTOCOL, '{"protocol":"null"}'],
  ['{protocol={}}', NO_PROTOCOL, '{"protocol":{}}'],
  ['{protocol={custom_lua={}}}', NO_PROTOCOL, '{"protocol":{"custom_lua":{}}}'],
  [
    '{protocol={custom_lua={batch_size=1}}}',
    NO_PROTOCOL,
    '{"protocol":{"custom_lua":{"batch_size":1}}}',
  ],
  [
    '{protocol={custom_lua={constructor=5}}}',
    NO_PROTOCOL,
    '{"protocol":{"custom_lua":{"constructor":5}}}',
  ],
  ['{protocol={smtp=5}}', NO_PROTOCOL, '{"protocol":{"smtp":5}}'],
  ['{protocol={smtp={mx_list={1}}}}', NO_PROTOCOL, '{"protocol":{"smtp":{"mx_list":[1]}}}'],
  ["{protocol={smtp={'a'}}}", NO_PROTOCOL, '{"protocol":{"smtp":["a"]}}'],
  ['{protocol={{smtp={}}}}', NO_PROTOCOL, '{"protocol":[{"smtp":{}}]}'],
  ["{protocol={xfer={target='nope'}}}", NO_PROTOCOL, '{"protocol":{"xfer":{"target":"nope"}}}'],
  [
    '{protocol=print}',
    'unsupported value type `function`',
    '<unable to encode as json: cannot serialize <function>>',
  ],
];

describe.each(ENGINE_IDS)('make_queue_config mistakes on %s', (engine) => {
  const fixture = new KumoFixture(engine);
  it.each(CASES)('%s', (table, message, json) => {
    expect(fixture.errorMessage(`kumo.make_queue_config(${table})`)).toBe(
      `deserialize error: ${message}, while processing ${json}`,
    );
  });

  it('reports every unknown key of custom_lua only as a protocol that does not match', () => {
    const text = fixture.errorMessage(
      "kumo.make_queue_config{protocol={custom_lua={constructor='a', batchsize=2}}}",
    );
    expect(text).toContain(NO_PROTOCOL);
  });

  it('takes no float for a count', () => {
    const text = fixture.errorMessage(
      "kumo.make_queue_config{protocol={custom_lua={constructor='a', batch_size=10/2}}}",
    );
    expect(text).toContain(NO_PROTOCOL);
    expect(text).toContain('"batch_size":5.0');
  });

  it('says which userdata it cannot look into', () => {
    const text = fixture.errorMessage(`
      local ok, e = pcall(kumo.reject, 500, 'x')
      kumo.make_queue_config{egress_pool = e}`);
    expect(text).toMatch(
      /^deserialize error: unsupported value type `userdata`, while processing a userdata\. Additionally, encountered cannot materialize_to_lua_value AnyUserData\(Ref\(0x[0-9a-f]+\)\) because it has no __pairs metamethod when trying to iterate the pairs of that userdata$/,
    );
  });

  it('refuses a table that contains itself', () => {
    expect(fixture.errorMessage('local t = {} t.protocol = t kumo.make_queue_config(t)')).toContain(
      'deserialize error: recursive table detected',
    );
  });

  it('points at the line of the call', () => {
    const failure = fixture.failure('\n\nkumo.make_queue_config{x=1}');
    expect(failure.location).toEqual({ file: 'init.lua', line: 4 });
    expect(failure.text).toContain('init.lua:4:');
    expect(failure.summary).toMatch(/^deserialize error: unknown field `x`/);
  });
});
