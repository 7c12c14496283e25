import { expect, it } from 'vitest';
import { DapClient } from '../../../renderer/debug/session/dap-client.ts';

interface Sent {
  readonly seq: number;
  readonly command: string;
  readonly arguments?: unknown;
}

function clientThatSends() {
  const sent: Sent[] = [];
  const client = new DapClient((message) => sent.push(message));
  return { client, sent };
}

const response = (to: Sent | undefined, more: object) => ({
  seq: 1,
  type: 'response',
  request_seq: to?.seq,
  command: to?.command,
  ...more,
});

it('gives each answer to the request that asked, whatever their order', async () => {
  const { client, sent } = clientThatSends();
  const threads = client.request('threads');
  const scopes = client.request('scopes', { frameId: 7 });
  expect(sent.map(({ command }) => command)).toEqual(['threads', 'scopes']);
  expect(sent[1]?.arguments).toEqual({ frameId: 7 });
  client.receive(response(sent[1], { success: true, body: { scopes: [] } }));
  client.receive(
    response(sent[0], { success: true, body: { threads: [{ id: 1, name: 'main' }] } }),
  );
  expect(await scopes).toEqual({ scopes: [] });
  expect(await threads).toEqual({ threads: [{ id: 1, name: 'main' }] });
});

it('rejects with the sentence of a refusal, its variables put in', async () => {
  const { client, sent } = clientThatSends();
  const asked = client.request('evaluate', { expression: 'x.y' });
  const error = {
    id: 1,
    format: "attempt to index {what} (global '{name}')",
    variables: { name: 'x' },
  };
  client.receive(response(sent[0], { success: false, message: 'failed', body: { error } }));
  await expect(asked).rejects.toThrow("attempt to index {what} (global 'x')");
});

it('rejects with the short message where there is no more', async () => {
  const { client, sent } = clientThatSends();
  const asked = client.request('threads');
  client.receive(response(sent[0], { success: false, message: 'The script runs.' }));
  await expect(asked).rejects.toThrow('The script runs.');
});

it('hands out events until one stops listening, and ignores answers that nobody waits for', () => {
  const { client } = clientThatSends();
  const heard: string[] = [];
  const stop = client.onEvent(({ event }) => heard.push(event));
  client.receive({ seq: 1, type: 'event', event: 'stopped' } as never);
  client.receive(response({ seq: 99, command: 'threads' }, { success: true }));
  stop();
  client.receive({ seq: 2, type: 'event', event: 'continued' } as never);
  expect(heard).toEqual(['stopped']);
});

it('rejects what is open and what is asked later once the session is over', async () => {
  const { client } = clientThatSends();
  const open = client.request('threads');
  client.close('The debugged run was ended.');
  await expect(open).rejects.toThrow('The debugged run was ended.');
  await expect(client.request('threads')).rejects.toThrow('The debugged run was ended.');
});
