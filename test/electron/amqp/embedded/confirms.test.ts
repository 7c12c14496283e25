import { describe, expect, test } from 'vitest';
import { Confirms } from '../../../../electron/amqp/embedded/server/confirms.ts';
import {
  contentFrames,
  methodFrame,
} from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { openRawClient } from './raw-client.ts';
import { startBroker } from './running-broker.ts';

function recorded() {
  const sent: string[] = [];
  const confirms = new Confirms((verb, tag, multiple) => {
    sent.push(`${verb} ${tag}${multiple ? ' and before' : ''}`);
  });
  return { sent, confirms };
}

describe('confirms', () => {
  test('of a run without gaps go out as one', () => {
    const { sent, confirms } = recorded();
    for (let n = 0; n < 5; n++) confirms.ack(confirms.next());
    confirms.flush();
    expect(sent).toEqual(['ack 5 and before']);
  });

  test('of one message do not claim to be of several', () => {
    const { sent, confirms } = recorded();
    confirms.ack(confirms.next());
    confirms.flush();
    confirms.ack(confirms.next());
    confirms.flush();
    confirms.flush();
    expect(sent).toEqual(['ack 1', 'ack 2']);
  });

  test('never cover a message that still waits', () => {
    const { sent, confirms } = recorded();
    const tags = Array.from({ length: 5 }, () => confirms.next());
    for (const tag of tags) if (tag !== 2) confirms.ack(tag);
    confirms.flush();
    expect(sent).toEqual(['ack 1', 'ack 3', 'ack 4', 'ack 5']);
  });

  test('catch up once what waited is settled', () => {
    const { sent, confirms } = recorded();
    for (let n = 0; n < 3; n++) confirms.next();
    confirms.ack(2);
    confirms.flush();
    confirms.ack(1);
    confirms.flush();
    confirms.ack(confirms.next());
    confirms.ack(3);
    confirms.flush();
    expect(sent).toEqual(['ack 2', 'ack 1', 'ack 4 and before']);
  });

  test('go over a nack that was sent, for it waits no more', () => {
    const { sent, confirms } = recorded();
    confirms.ack(confirms.next());
    confirms.nack(confirms.next());
    confirms.ack(confirms.next());
    confirms.flush();
    expect(sent).toEqual(['nack 2', 'ack 3 and before']);
  });

  test('of what arrives together leave together', async () => {
    const { broker, port } = await startBroker();
    broker.declareQueue('q');
    const client = await openRawClient(port);
    const content = { encodedProperties: Buffer.from([0, 0]), body: Buffer.from('x') };
    const publish = contentFrames(1, 'basic.publish', { routingKey: 'q' }, content, 4096);
    client.write(methodFrame(1, 'confirm.select', {}), ...publish, ...publish, ...publish);
    await client.next();
    expect(await client.next()).toEqual({
      name: 'basic.ack',
      args: { deliveryTag: 3, multiple: true },
    });
  });
});
