/**
 * `kumo.amqp.build_client` and its objects, kumod's lapin client
 * (KumoMTA crates/mod-amqp/src/lapin_client.rs 11-194). Everything blocks here; texts that come from
 * the connection are the host's.
 */
import type { LuaState } from '../vm/lua-vm.ts';
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import { encodeUtf8 } from '../vm/platform.ts';
import type { HostCalls, PublishRequest } from '../kumod/runtime-contract.ts';
import type { JsonValue } from '../recording/entries.ts';
import { decodeLapinProperties, type BasicProperties } from './amqp-properties.ts';
import { shownPublish } from './amqp-publish-preview.ts';
import { asBoolean, asString, decodeStruct, type Decoder, type FieldsOf } from './deserialize.ts';
import { fromLuaValue } from './from-lua-value.ts';
import type { Installation } from './installation.ts';
import { pushJsonTree, type JsonTree } from './json-tree.ts';
import { KumoError } from './kumo-error.ts';
import { readLuaTree } from './lua-tree.ts';
import { defineUserdata } from './userdata-type.ts';

const CLIENT_TYPE = 'AMQPClient';
const CONFIRM_TYPE = 'Confirm';

class AmqpClient implements DescribedObject {
  readonly client: number;
  /** As the script wrote it, without the password. */
  private readonly uri: string;
  private closed = false;

  constructor(client: number, uri: string) {
    this.client = client;
    this.uri = uri;
  }

  close(): void {
    this.closed = true;
  }

  describe(): ObjectDescription {
    return {
      text: this.uri,
      fields: [
        ['uri', this.uri],
        ['client', this.client],
        ['closed', this.closed],
      ],
    };
  }
}

class PublisherConfirm implements DescribedObject {
  readonly publish: number;
  taken = false;

  constructor(publish: number) {
    this.publish = publish;
  }

  describe(): ObjectDescription {
    return {
      text: `of publish ${this.publish}${this.taken ? ', taken' : ''}`,
      fields: [
        ['publish', this.publish],
        ['taken', this.taken],
      ],
    };
  }
}

interface PublishOptions {
  mandatory: boolean;
  immediate: boolean;
}
interface PublishParams {
  routing_key: string;
  payload: string;
  exchange: string;
  options: Partial<PublishOptions>;
  properties: Partial<BasicProperties>;
}

/** Keys that lapin's structs do not know, while one table is read. */
const droppedKeys: string[] = [];
const dropped =
  (prefix: string) =>
  (key: string): void => {
    droppedKeys.push(prefix + key);
  };

const OPTION_FIELDS: FieldsOf<PublishOptions> = {
  mandatory: { decode: asBoolean },
  immediate: { decode: asBoolean },
};
const PARAM_FIELDS: FieldsOf<PublishParams> = {
  routing_key: { decode: asString, required: true },
  payload: { decode: asString, required: true },
  exchange: { decode: asString },
  options: {
    decode: (value) =>
      decodeStruct<PublishOptions>(value, OPTION_FIELDS, { ignored: dropped('options.') }),
  },
  properties: { decode: decodeLapinProperties(dropped('properties.')) },
};
const decodeParams: Decoder<Partial<PublishParams>> = (value) => {
  droppedKeys.length = 0;
  return decodeStruct<PublishParams>(value, PARAM_FIELDS, { ignored: dropped('') });
};

/** Adds `build_client` to the table at the top of the main stack. */
export function defineAmqpClient(installation: Installation): void {
  const { vm } = installation;
  defineUserdata<AmqpClient>(vm, {
    name: CLIENT_TYPE,
    is: (object): object is AmqpClient => object instanceof AmqpClient,
    methods: {},
    asyncMethods: {
      publish: (L, self) => {
        const { publish } = publishMessage(installation, L, self, 'amqp.publish');
        vm.newUserdata(L, new PublisherConfirm(publish), CONFIRM_TYPE);
        return 1;
      },
      publish_with_timeout: (L, self, args) => {
        const timeout = args.unsigned(3, 'u64');
        const { publish } = publishMessage(installation, L, self, 'amqp.publish_with_timeout');
        return waitForConfirm(installation, L, { publish, timeout_ms: timeout });
      },
      close: (L, self) => {
        const { client } = self;
        const location = installation.callSite(L);
        installation.call('amqp.close', { client }, { client }, location);
        self.close();
        installation.suspends(L, 'client:close', location);
        return 0;
      },
    },
  });
  defineUserdata<PublisherConfirm>(vm, {
    name: CONFIRM_TYPE,
    is: (object): object is PublisherConfirm => object instanceof PublisherConfirm,
    methods: {},
    asyncMethods: {
      wait: (L, self) => {
        if (self.taken) throw new KumoError('confirmation already taken!?');
        self.taken = true;
        return waitForConfirm(installation, L, { publish: self.publish });
      },
    },
  });
  installation.define('build_client', (L, args) => {
    const uri = args.string(1);
    const shown = { uri: withoutPassword(uri) };
    const location = installation.callSite(L);
    installation.suspends(L, 'kumo.amqp.build_client', location);
    const { client } = installation.call('amqp.connect', { uri }, shown, location);
    vm.newUserdata(L, new AmqpClient(client, shown.uri), CLIENT_TYPE);
    return 1;
  });
}

/**
 * Reads the table at 2 and hands the message to the host. lapin 2.5.5 puts the frames into the
 * connection's buffer before it waits (src/channel.rs 379-411): where it cannot, the message is out.
 */
function publishMessage(
  installation: Installation,
  L: LuaState,
  { client }: AmqpClient,
  api: PublishRequest['api'],
): HostCalls['amqp.publish']['output'] {
  const params = fromLuaValue(readLuaTree(installation.vm, L, 2), decodeParams);
  const location = installation.callSite(L);
  const name = api.replace('amqp.', 'client:');
  for (const key of droppedKeys) {
    installation.warnIgnoredField(
      `kumod ignores \`${key}\` in ${name}: there is no such field.`,
      location,
    );
  }
  const { routing_key = '', payload = '', exchange = '', options = {}, properties = {} } = params;
  const request = {
    client,
    api,
    exchange,
    routing_key,
    mandatory: options.mandatory ?? false,
    immediate: options.immediate ?? false,
    properties: properties as { [name: string]: JsonValue },
    payload: encodeUtf8(payload),
    ...(location === undefined ? {} : { location }),
  };
  const shown = { client, ...shownPublish(request) };
  const output = installation.call('amqp.publish', request, shown, location);
  installation.suspends(L, name, location);
  return output;
}

function waitForConfirm(
  installation: Installation,
  L: LuaState,
  input: HostCalls['amqp.wait_confirm']['input'],
): number {
  const location = installation.callSite(L);
  const output = installation.call('amqp.wait_confirm', input, { ...input }, location);
  const result = new Map<string, JsonTree>([['status', output.status]]);
  if (output.reply_code !== undefined) result.set('reply_code', output.reply_code);
  if (output.reply_text !== undefined) result.set('reply_text', output.reply_text);
  pushJsonTree(installation.vm, L, result);
  return 1;
}

/** Recordings are passed on: the password of an AMQP URI is not for them. */
function withoutPassword(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/[^:/@]*):[^@/]*@/i, '$1:***@');
}
