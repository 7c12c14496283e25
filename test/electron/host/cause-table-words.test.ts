/**
 * The cause table (what a broker can do with a publish), delivered through a policy to RabbitMQ and
 * to the embedded broker: the same verdict and the same words, as the window's own functions say them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BrokerAddress } from '../../../electron/amqp/client-contract.ts';
import { deliveryRowOf } from '../../../electron/host/delivery-row.ts';
import { DeliveryRun } from '../../../electron/host/delivery-run.ts';
import { createMessageFactory } from '../../../electron/host/message-form.ts';
import { mappedBroker } from '../../../electron/host/run-broker.ts';
import type { DeliveryRow } from '../../../electron/bridge/deliveries.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { verdictLook, warningWord } from '../../../renderer/deliveries/verdict-words.ts';
import { entryWords } from '../../../renderer/recording/entry-words.ts';
import { describeOnRabbitmq } from '../../rabbitmq/rabbitmq.ts';
import { adminChannel, LARGEST_MESSAGE } from '../amqp/client/brokers.ts';
import { CAUSE_TABLE_BROKERS } from './cause-table-brokers.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A session that runs `send` for each message, with a client made by `constructor`. */
function policy(send: string, constructor = ''): string {
  return `local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('make', function()
  ${constructor}
  local connection = {}
  function connection:send(message)
    ${send}
    return '250 ok'
  end
  return connection
end)
`;
}

/** As kumod's log hook publishes: nothing is waited for. */
const basicPublish = (fields: string): string =>
  policy(`kumo.amqp.basic_publish { payload = 'x', connection = { host = 'mq' }, ${fields} }`);

/** As a policy that waits for its confirm. */
const waitingPublish = (fields: string): string =>
  policy(
    `local result = client:publish { payload = 'x', ${fields} }:wait()
    if result.status ~= 'Ack' or result.reply_code then
      kumo.reject(500, kumo.serde.json_encode(result))
    end`,
    `local client = kumo.amqp.build_client 'amqp://mq'`,
  );

interface InTheWindow {
  readonly row: string;
  readonly entry: string;
  readonly explanation: string | undefined;
}

/** Delivers one message; `whenPublished` runs once its publish has begun. */
async function delivered(
  address: BrokerAddress,
  script: string,
  options: { readonly confirmTimeoutMs?: number; readonly whenPublished?: () => unknown } = {},
): Promise<InTheWindow> {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'init.lua'), script);
  const entries: Entry[] = [];
  let row: Omit<DeliveryRow, 'id'> | undefined;
  const { confirmTimeoutMs = 60_000, whenPublished } = options;
  const message = { queue: 'q', sender: 'a@b.c', recipient: '', meta: {}, data: Buffer.from('x') };
  const run = new DeliveryRun({
    runId: 'run-1',
    policy: {
      engine: 'lua54',
      workspaceRoot: folder,
      policyFile: 'init.lua',
      environment: {},
      limits: { deadlineMs: 30_000, memoryBytes: 256 * 2 ** 20 },
    },
    seed: 7,
    queue: 'q',
    count: 1,
    sessions: 1,
    makeMessage: createMessageFactory(message, 7),
    broker: mappedBroker('lab', address, { confirms: 'broker', confirmTimeoutMs }),
    onEntry: (entry) => {
      entries.push(entry);
      if (entry.kind === 'publish') whenPublished?.();
    },
    onFinished: ({ message: sent, told, entries: all }) => {
      row = deliveryRowOf('run-1', sent, told, all);
    },
  });
  const { problem } = await run.run();
  const verdict = entries.findLast((entry) => entry.kind === 'verdict');
  if (row === undefined || verdict === undefined) throw new Error(problem ?? 'no verdict');
  const { recordType, responseCode, warning } = row;
  const loss = warning === undefined ? '' : `, ${warningWord(warning)}`;
  const same = (text: string): string => withoutPlaces(text, address);
  return {
    row: `${verdictLook(row.verdict).word}; ${recordType} ${responseCode}${loss}`,
    entry: same(entryWords(verdict).text),
    explanation: verdict.explanation === undefined ? undefined : same(verdict.explanation),
  };
}

/** Ports, virtual hosts and times differ from test to test. */
function withoutPlaces(text: string, { host, port, vhost, username }: BrokerAddress): string {
  return text
    .replaceAll(`${host}:${port}`, 'HOST:PORT')
    .replaceAll(`vhost '${vhost}'`, "vhost 'VHOST'")
    .replaceAll(`virtual host '${vhost}'`, "virtual host 'VHOST'")
    .replaceAll(`'${username}'`, "'USER'")
    .replace(/after [\d.]+ m?s/, 'after TIME');
}

for (const [name, broker] of Object.entries(CAUSE_TABLE_BROKERS)) {
  const suite = name === 'RabbitMQ' ? describeOnRabbitmq : describe;
  suite(`a delivery to ${name} says in the window`, () => {
    it('that it was acked', async () => {
      const { address } = await broker.whole();
      await (await adminChannel(address)).assertQueue('inbox', { durable: true });
      expect(await delivered(address, basicPublish(`routing_key = 'inbox'`)))
        .toMatchInlineSnapshot(`
        {
          "entry": "broker acked after TIME",
          "explanation": "The broker routed the message and took responsibility for it.",
          "row": "acked; Delivery 200",
        }
      `);
    });

    it('that it was nacked by a full queue', async () => {
      const { address } = await broker.whole();
      await (
        await adminChannel(address)
      ).assertQueue('full', {
        durable: true,
        arguments: { 'x-max-length': 0, 'x-overflow': 'reject-publish' },
      });
      expect(await delivered(address, waitingPublish(`routing_key = 'full'`)))
        .toMatchInlineSnapshot(`
        {
          "entry": "broker nacked after TIME: it did not take the message",
          "explanation": "The broker refused the message, most often because a queue is full and set to reject-publish; it kept nothing. Drain the queue or raise its limit.",
          "row": "nacked; Bounce 500",
        }
      `);
    });

    it('that it was unroutable, to a script that asked', async () => {
      const { address } = await broker.whole();
      const script = waitingPublish(`routing_key = 'nowhere', options = { mandatory = true }`);
      expect(await delivered(address, script)).toMatchInlineSnapshot(`
        {
          "entry": "broker returned it as unroutable: 312 NO_ROUTE",
          "explanation": "No queue is named 'nowhere', so the broker dropped the message. Declare the queue or correct the routing key.",
          "row": "unroutable; Bounce 500",
        }
      `);
    });

    it('that it was lost silently, when the script did not ask', async () => {
      const { address } = await broker.whole();
      expect(await delivered(address, basicPublish(`routing_key = 'nowhere'`)))
        .toMatchInlineSnapshot(`
        {
          "entry": "broker returned it as unroutable: 312 NO_ROUTE",
          "explanation": "No queue is named 'nowhere', so the broker dropped the message. Declare the queue or correct the routing key.",
          "row": "unroutable; Delivery 200, Silent loss",
        }
      `);
    });

    it('that the exchange is missing', async () => {
      const { address } = await broker.whole();
      const script = basicPublish(`routing_key = 'key', exchange = 'nope'`);
      expect(await delivered(address, script)).toMatchInlineSnapshot(`
        {
          "entry": "broker refused: 404 NOT_FOUND - no exchange 'nope' in vhost 'VHOST'",
          "explanation": "Exchange 'nope' does not exist in virtual host 'VHOST', so the broker dropped the message and closed the channel. Declare the exchange or correct its name.",
          "row": "failed; Delivery 200, Silent loss",
        }
      `);
    });

    it('that the user of the message is another', async () => {
      const { address } = await broker.whole();
      const script = basicPublish(`routing_key = 'key', user_id = 'bob'`);
      expect(await delivered(address, script)).toMatchInlineSnapshot(`
        {
          "entry": "broker refused: 406 PRECONDITION_FAILED - user_id property set to 'bob' but authenticated user was 'USER'",
          "explanation": "The broker closed the channel because a condition was not met (PRECONDITION_FAILED - user_id property set to 'bob' but authenticated user was 'USER'); it kept nothing of the message. Correct the property that it names.",
          "row": "failed; Delivery 200, Silent loss",
        }
      `);
    });

    it('that the message is too large', async () => {
      const { address } = await broker.whole();
      const script = policy(`kumo.amqp.basic_publish {
        payload = ('x'):rep(${LARGEST_MESSAGE + 1}), routing_key = 'key', connection = { host = 'mq' } }`);
      expect(await delivered(address, script)).toMatchInlineSnapshot(`
        {
          "entry": "broker refused: 406 PRECONDITION_FAILED - message size 1000001 is larger than configured max size 1000000",
          "explanation": "The message is larger than the broker accepts (PRECONDITION_FAILED - message size 1000001 is larger than configured max size 1000000); it kept nothing. Send less, or raise max_message_size.",
          "row": "failed; Delivery 200, Silent loss",
        }
      `);
    });

    it('that the headers are too large', async () => {
      const { address } = await broker.whole();
      // lapin's LongString is a list of bytes.
      const script = policy(
        `local bytes = {}
        for at = 1, 70000 do bytes[at] = 120 end
        client:publish {
          payload = 'x', routing_key = 'key',
          properties = { headers = { long = { LongString = bytes } } },
        }:wait()`,
        `local client = kumo.amqp.build_client 'amqp://mq'`,
      );
      expect(await delivered(address, script)).toMatchInlineSnapshot(`
        {
          "entry": "The headers of the message are larger than 64 KiB, so it was not sent. Put the data in the payload.",
          "explanation": "The headers of the message are larger than 64 KiB, so it was not sent. Put the data in the payload.",
          "row": "failed; TransientFailure 400",
        }
      `);
    });

    it('that the password is wrong', async () => {
      const { address } = await broker.whole();
      const wrong = { ...address, password: 'wrong' };
      expect(await delivered(wrong, basicPublish(`routing_key = 'key'`))).toMatchInlineSnapshot(`
        {
          "entry": "broker refused: 403 ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.",
          "explanation": "The broker at HOST:PORT refused the login of user 'USER'. Correct the user name or the password.",
          "row": "failed; TransientFailure 400",
        }
      `);
    });

    it('that the virtual host is missing', async () => {
      const { address } = await broker.whole();
      const nowhere = { ...address, vhost: 'nowhere' };
      expect(await delivered(nowhere, basicPublish(`routing_key = 'key'`))).toMatchInlineSnapshot(`
        {
          "entry": "broker refused: 530 NOT_ALLOWED - vhost nowhere not found",
          "explanation": "The broker at HOST:PORT has no virtual host 'VHOST' (NOT_ALLOWED - vhost nowhere not found). Create it, or correct the name.",
          "row": "failed; TransientFailure 400",
        }
      `);
    });

    it('that its port does not speak TLS', async () => {
      const { address } = await broker.whole();
      const script = basicPublish(`routing_key = 'key'`);
      expect(await delivered({ ...address, tls: {} }, script)).toMatchInlineSnapshot(`
        {
          "entry": "not sent: wrong version number",
          "explanation": "HOST:PORT does not speak TLS (wrong version number). Use the broker's TLS port (5671 by default), or amqp:// for a connection without TLS.",
          "row": "failed; TransientFailure 400",
        }
      `);
    });

    it('that its certificate signed itself', async () => {
      const { address, tlsPort } = await broker.whole();
      const overTls = { ...address, port: tlsPort, tls: { serverName: 'localhost' } };
      expect(await delivered(overTls, basicPublish(`routing_key = 'key'`))).toMatchInlineSnapshot(`
        {
          "entry": "not sent: self-signed certificate",
          "explanation": "A certificate of HOST:PORT was not accepted (subject CN=localhost; issuer CN=localhost): it is self-signed and not among the trusted ones. If it is the right one, name its file as the CA file of the broker profile.",
          "row": "failed; TransientFailure 400",
        }
      `);
    });

    it('that it was closed by an operator, and that the message is unknown', async () => {
      const failing = await broker.failing('silent');
      const script = basicPublish(`routing_key = 'inbox'`);
      const whenPublished = () => failing.shutDown();
      expect(await delivered(failing.address, script, { whenPublished })).toMatchInlineSnapshot(`
        {
          "entry": "broker did not confirm after TIME",
          "explanation": "An operator or a shutdown of the broker closed the connection (CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'). Whether it kept the message is not known: look in the queue before sending it again. Connect again when the broker is back.",
          "row": "no confirm; Delivery 200, Possible loss",
        }
      `);
    }, 120_000);

    it('that it blocks publishers', async () => {
      const failing = await broker.failing('blocking');
      const script = basicPublish(`routing_key = 'inbox'`);
      expect(await delivered(failing.address, script, { confirmTimeoutMs: 500 }))
        .toMatchInlineSnapshot(`
        {
          "entry": "broker did not confirm after TIME",
          "explanation": "The broker blocks publishers (low on memory) and did not confirm the message within 0.5 s. Free its memory or disk; whether it will keep the message is not known.",
          "row": "no confirm; Delivery 200, Possible loss",
        }
      `);
    }, 120_000);

    it('that it was killed, and that the message is unknown', async () => {
      const failing = await broker.failing('silent');
      const script = basicPublish(`routing_key = 'inbox'`);
      const whenPublished = () => failing.kill();
      expect(await delivered(failing.address, script, { whenPublished })).toMatchInlineSnapshot(`
        {
          "entry": "broker did not confirm after TIME",
          "explanation": "The connection to HOST:PORT was lost (read ECONNRESET). Whether it kept the message is not known: look in the queue before sending it again. Check the broker, the network, and whether the port is for TLS (amqps://).",
          "row": "no confirm; Delivery 200, Possible loss",
        }
      `);
    }, 120_000);

    it('that it sends no heartbeat, and that the message is unknown', async () => {
      const failing = await broker.failing('silent');
      const address = { ...failing.address, heartbeatSeconds: 1 };
      const script = basicPublish(`routing_key = 'inbox'`);
      expect(await delivered(address, script, { whenPublished: () => failing.freeze() }))
        .toMatchInlineSnapshot(`
        {
          "entry": "broker did not confirm after TIME",
          "explanation": "The broker at HOST:PORT sent no heartbeat and the connection was given up. Whether it kept the message is not known: look in the queue before sending it again. Check whether the broker is overloaded or stopped.",
          "row": "no confirm; Delivery 200, Possible loss",
        }
      `);
    }, 120_000);
  });
}

describe('a delivery that finds no broker says in the window', () => {
  const address = { host: '127.0.0.1', port: 0, username: 'u', password: 'p', vhost: '/' };
  const script = basicPublish(`routing_key = 'key'`);

  it('that nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    expect(await delivered({ ...address, port }, script)).toMatchInlineSnapshot(`
      {
        "entry": "not sent: connect ECONNREFUSED HOST:PORT",
        "explanation": "Nothing listens at HOST:PORT. Start the broker or correct the host and port.",
        "row": "failed; TransientFailure 400",
      }
    `);
  });

  it('that whoever listens never speaks', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const impatient = policy(`kumo.amqp.basic_publish {
      payload = 'x', routing_key = 'key', connection = { host = 'mq', connect_timeout = '300ms' } }`);
    expect(await delivered({ ...address, port }, impatient)).toMatchInlineSnapshot(`
      {
        "entry": "HOST:PORT did not complete the connection within 0.3 s. Check the host, the port and what filters the way there.",
        "explanation": "HOST:PORT did not complete the connection within 0.3 s. Check the host, the port and what filters the way there.",
        "row": "failed; TransientFailure 400",
      }
    `);
    server.close();
  });

  it('that the host has no address', async () => {
    const nowhere = { ...address, host: 'no-such-host.invalid', port: 5672 };
    expect(await delivered(nowhere, script)).toMatchInlineSnapshot(`
      {
        "entry": "not sent: getaddrinfo ENOTFOUND no-such-host.invalid",
        "explanation": "The host name 'no-such-host.invalid' cannot be resolved. Correct it or check the name service.",
        "row": "failed; TransientFailure 400",
      }
    `);
  });
});
