/**
 * `kumo.make_queue_config` (KumoMTA crates/kumod/src/queue/config.rs 15-121): fields, defaults, and
 * how the object reads back.
 */
import type { JsonValue } from '../recording/entries.ts';
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import type { EffectiveQueueConfig } from './kumo-module.ts';
import {
  asArray,
  asDuration,
  asString,
  asThrottle,
  asVariant,
  decodeStruct,
  type Decoder,
  type FieldsOf,
} from './deserialize.ts';
import { fromLuaValue, type Expandable } from './from-lua-value.ts';
import {
  DEFAULT_PROTOCOL,
  decodeDeliveryProtocol,
  protocolToJson,
  resolveProtocol,
  type DeliveryProtocol,
  type IgnoredKey,
} from './delivery-protocol.ts';
import { durationFromSeconds, durationSeconds, formatDuration, type Duration } from './duration.ts';
import { fromPlainJson, jsonToLuaTree } from './json-tree.ts';
import type { LuaTree } from './lua-tree.ts';
import { formatThrottleSpec, type ThrottleSpec } from './throttle-spec.ts';

export const QUEUE_STRATEGIES = [
  'TimerWheel',
  'SkipList',
  'SingletonTimerWheel',
  'SingletonTimerWheelV2',
] as const;
export const REFRESH_STRATEGIES = ['Ttl', 'Epoch'] as const;
export const MEMORY_REDUCTION_POLICIES = ['ShrinkDataAndMeta', 'ShrinkData', 'NoShrink'] as const;

interface ShrinkPolicy {
  interval: Duration;
  policy: (typeof MEMORY_REDUCTION_POLICIES)[number];
}

interface QueueConfigFields {
  retry_interval: Duration;
  max_retry_interval: Duration;
  max_age: Duration;
  egress_pool: string;
  max_message_rate: ThrottleSpec;
  protocol: DeliveryProtocol;
  reap_interval: Duration;
  refresh_interval: Duration;
  timerwheel_tick_interval: Duration;
  strategy: (typeof QUEUE_STRATEGIES)[number];
  refresh_strategy: (typeof REFRESH_STRATEGIES)[number];
  provider_name: string;
  shrink_policy: ShrinkPolicy[];
}

const SHRINK_POLICY_FIELDS: FieldsOf<ShrinkPolicy> = {
  interval: { decode: asDuration, required: true },
  policy: { decode: asVariant(MEMORY_REDUCTION_POLICIES), required: true },
};
const shrinkPolicy: Decoder<ShrinkPolicy> = (value) =>
  decodeStruct<ShrinkPolicy>(value, SHRINK_POLICY_FIELDS) as ShrinkPolicy;

/** Collected here while one table is read, so that the fields need to be described only once. */
const droppedKeys: string[] = [];

const QUEUE_CONFIG_FIELDS: FieldsOf<QueueConfigFields> = {
  retry_interval: { decode: asDuration },
  max_retry_interval: { decode: asDuration },
  max_age: { decode: asDuration },
  egress_pool: { decode: asString },
  max_message_rate: { decode: asThrottle },
  protocol: { decode: decodeDeliveryProtocol((path) => droppedKeys.push(path)) },
  reap_interval: { decode: asDuration },
  refresh_interval: { decode: asDuration },
  timerwheel_tick_interval: { decode: asDuration },
  strategy: { decode: asVariant(QUEUE_STRATEGIES) },
  refresh_strategy: { decode: asVariant(REFRESH_STRATEGIES) },
  provider_name: { decode: asString },
  shrink_policy: { decode: asArray(shrinkPolicy) },
};

const decodeFields: Decoder<Partial<QueueConfigFields>> = (tree) => {
  // A table that is read twice must not report twice.
  droppedKeys.length = 0;
  return decodeStruct<QueueConfigFields>(tree, QUEUE_CONFIG_FIELDS);
};

const MINUTE = 60;
const DEFAULT_RETRY_INTERVAL = durationFromSeconds(20 * MINUTE);
const DEFAULT_MAX_AGE = durationFromSeconds(7 * 86_400);
const DEFAULT_REAP_INTERVAL = durationFromSeconds(10 * MINUTE);
const DEFAULT_REFRESH_INTERVAL = durationFromSeconds(MINUTE);

/** What a script holds after make_queue_config. */
export class QueueConfig implements Expandable, DescribedObject {
  private readonly fields: Partial<QueueConfigFields>;
  private known: EffectiveQueueConfig | undefined;

  constructor(fields: Partial<QueueConfigFields> = {}) {
    this.fields = fields;
  }

  /**
   * @param ignored told of each key that kumod drops silently.
   * @throws KumoError `deserialize error: …, while processing {…}`
   */
  static fromLua(value: LuaTree, ignored: IgnoredKey): QueueConfig {
    const fields = fromLuaValue(value, decodeFields);
    droppedKeys.forEach(ignored);
    return new QueueConfig(fields);
  }

  /** Every field in declaration order, as serde writes it. */
  toJson(): { readonly [field: string]: JsonValue } {
    const { fields } = this;
    const optional = (duration: Duration | undefined): string | null =>
      duration === undefined ? null : formatDuration(duration);
    return {
      retry_interval: formatDuration(fields.retry_interval ?? DEFAULT_RETRY_INTERVAL),
      max_retry_interval: optional(fields.max_retry_interval),
      max_age: formatDuration(fields.max_age ?? DEFAULT_MAX_AGE),
      egress_pool: fields.egress_pool ?? null,
      max_message_rate:
        fields.max_message_rate === undefined ? null : formatThrottleSpec(fields.max_message_rate),
      protocol: protocolToJson(fields.protocol ?? DEFAULT_PROTOCOL),
      reap_interval: formatDuration(fields.reap_interval ?? DEFAULT_REAP_INTERVAL),
      refresh_interval: formatDuration(fields.refresh_interval ?? DEFAULT_REFRESH_INTERVAL),
      timerwheel_tick_interval: optional(fields.timerwheel_tick_interval),
      strategy: fields.strategy ?? 'SingletonTimerWheel',
      refresh_strategy: fields.refresh_strategy ?? 'Ttl',
      provider_name: fields.provider_name ?? null,
      shrink_policy: (fields.shrink_policy ?? []).map(({ interval, policy }) => ({
        interval: formatDuration(interval),
        policy,
      })),
    };
  }

  describe(): ObjectDescription {
    const { config, fieldsSet } = this.effective();
    return { text: fieldsSet.join(', '), fields: Object.entries(config) };
  }

  /** Its contents as the plain table that `pairs` gives. */
  expand(): LuaTree {
    return jsonToLuaTree(fromPlainJson(this.toJson()));
  }

  /** The same object each time. */
  effective(): EffectiveQueueConfig {
    this.known ??= this.workOut();
    return this.known;
  }

  private workOut(): EffectiveQueueConfig {
    const { fields } = this;
    const config = this.toJson();
    const cap = fields.max_retry_interval;
    return {
      config,
      fieldsSet: Object.keys(config).filter((name) => Object.hasOwn(fields, name)),
      protocol: resolveProtocol(fields.protocol ?? DEFAULT_PROTOCOL),
      retryIntervalSeconds: durationSeconds(fields.retry_interval ?? DEFAULT_RETRY_INTERVAL),
      ...(cap === undefined ? undefined : { maxRetryIntervalSeconds: durationSeconds(cap) }),
      maxAgeSeconds: durationSeconds(fields.max_age ?? DEFAULT_MAX_AGE),
    };
  }
}
