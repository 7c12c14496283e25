/** Transcripts: how sessions begin, what is launched, and how they end. */
import { writeFileSync } from 'node:fs';
import { HASTY, MAIN, MAILER, main } from './policies.ts';
import { scenario } from './transcripts.ts';
import type { TranscribedClient } from './transcribed-client.ts';

const HELLO = main(`  print('hello', ...)`);

scenario('initialize-tells-the-capabilities', {
  files: HELLO,
  async play(client) {
    await client.ask('threads');
    await client.ask('initialize', { adapterID: 'kumo', clientID: 'test' });
    await client.ask('initialize', { adapterID: 'kumo' });
    await client.ask('configurationDone');
    await client.ask('next', { threadId: 1 });
    await client.ask('restart');
    await client.ask('attach', {});
  },
});

scenario('event-launch', {
  files: {
    'init.lua': `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain, tenant, campaign, routing_domain)
  local seen = string.format('%s %s %s', domain, tenant, campaign)
  print(seen)
  return kumo.make_queue_config { max_age = '1 hour' }
end)
`,
  },
  async play(client) {
    await client.launch({
      queue: undefined,
      event: 'get_queue_config',
      args: ['a.example', 'acme', null],
    });
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    await client.scope('Locals');
    await client.runToEnd('continue');
  },
});

scenario('event-launch-of-a-handler-that-is-not-there', {
  files: HELLO,
  async play(client) {
    await client.launch({ queue: undefined, event: 'no_such_event' });
    await client.runToEnd();
  },
});

scenario('delivery-launch', {
  files: MAILER,
  async play(client) {
    client.write('mail.eml', 'Subject: hello\r\n\r\nbody');
    await client.launch({
      queue: 'news:acme@a.example',
      data: client.path('mail.eml'),
      sender: 'from@b.example',
      recipient: 'to@a.example',
      meta: { weight: 7 },
      count: 2,
    });
    await client.setBreakpoints('init.lua', [{ line: 15, logMessage: '{payload}' }]);
    await client.runToEnd();
  },
});

scenario('delivery-that-is-bounced', {
  files: MAILER,
  async play(client) {
    await client.launch({ fault: 'nack' });
    await client.runToEnd();
  },
});

scenario('delivery-that-is-silently-lost', {
  files: HASTY,
  async play(client) {
    await client.launch({});
    await client.runToEnd();
  },
});

scenario('delivery-to-a-queue-that-is-not-delivered-here', {
  files: { 'init.lua': `local kumo = require 'kumo'\n` },
  async play(client) {
    await client.launch({});
    await client.runToEnd();
  },
});

scenario('prints-and-logs-come-as-output', {
  files: main(`  local kumo = require 'kumo'
  print('one', 2, nil)
  kumo.log_warn('careful')
  kumo.log_error('bad')
  io.write('no line end')
  io.write(' here\\n')`),
  async play(client) {
    await client.launch(MAIN);
    await client.runToEnd();
  },
});

scenario('launch-for-an-older-release', {
  files: MAILER,
  async play(client) {
    await client.launch({ kumomta: '2024.06.10' });
  },
});

scenario('wrong-launches', {
  files: HELLO,
  async play(client) {
    await client.quietly('initialize', { adapterID: 'kumo' });
    const program = client.path('init.lua');
    await client.ask('launch', {});
    await client.ask('launch', { program });
    await client.ask('launch', { program: client.path('missing.lua'), event: 'main' });
    client.write('empty/readme.txt', '');
    await client.ask('launch', { program: client.path('empty'), event: 'main' });
    await client.ask('launch', { program, queue: 'a', event: 'main' });
    await client.ask('launch', { program, queue: 'a', count: -1 });
    await client.ask('launch', { program, queue: 'a', fault: 'gremlins' });
    await client.ask('launch', { program, queue: 'a', engine: 'lua51' });
    await client.ask('launch', { program, event: 'main', recipent: 'a@b' });
    await client.ask('launch', { program, event: 'main' });
  },
});

scenario('wrong-broker-and-missing-message', {
  files: MAILER,
  async play(client) {
    await client.launch({ broker: 'no-such-profile' });
    await client.ask('configurationDone');
    await client.ask('launch', {
      program: client.path('init.lua'),
      queue: 'a.example',
      data: client.path('missing.eml'),
    });
    await client.runToEnd();
  },
});

scenario('restart-keeps-breakpoints', {
  files: main(`  local n = 1
  n = n + 1
  print(n)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    await client.move('next');
    await client.move('restart', {});
    await client.stack(1, { levels: 1 });
    await client.evaluate('n', 'watch');
    await client.runToEnd('continue');
  },
});

scenario('restart-with-other-arguments', {
  files: HELLO,
  async play(client) {
    await client.launch({ ...MAIN, args: ['first'] });
    await client.setBreakpoints('init.lua', [3]);
    await client.run();
    await client.move('restart', {
      arguments: {
        program: client.path('init.lua'),
        event: 'main',
        args: ['second'],
      },
    });
    await client.runToEnd('continue');
  },
});

scenario('terminate-while-it-stands-still', {
  files: HELLO,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    const end = client.event('terminated');
    await client.ask('terminate');
    await end;
    await client.ask('disconnect');
  },
});

scenario('disconnect-while-it-stands-still', {
  files: MAILER,
  async play(client) {
    await client.launch({ stopOnEntry: true });
    await client.run();
    await client.ask('disconnect', { terminateDebuggee: true });
  },
});

scenario('disconnect-a-loop', {
  files: main(`  while true do end`),
  async play(client) {
    await client.launch(MAIN);
    await client.ask('configurationDone');
    await client.ask('disconnect');
  },
});

scenario('several-messages-stop-each', {
  files: MAILER,
  async play(client) {
    await client.launch({ count: 3 });
    await client.setBreakpoints('init.lua', [14]);
    const { threadId } = await client.run();
    await client.move('continue', { threadId });
    await client.move('continue', { threadId });
    await client.runToEnd('continue');
  },
});

/** What `deliver --json` would have written of a run. */
async function record(client: TranscribedClient): Promise<string> {
  const { entries } = await client.quietly<{ entries: readonly object[] }>('kumo/entries', {
    limit: 5000,
  });
  const file = client.path('run.jsonl');
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return file;
}

scenario('recording-is-debugged', {
  files: MAILER,
  async play(client) {
    await client.launch({ fault: 'nack', stopOnEnd: true });
    await client.run();
    const recording = await record(client);
    client.note('the finished run, from its recording alone');
    const program = client.path('init.lua');
    await client.move('restart', { arguments: { program, recording, stopOnEntry: true } });
    await client.setBreakpoints('init.lua', [18]);
    await client.move('continue');
    await client.stack();
    await client.evaluate('result', 'watch');
    await client.runToEnd('continue');
  },
});

scenario('recording-of-a-file-that-was-changed', {
  files: MAILER,
  async play(client) {
    await client.launch({ fault: 'nack', stopOnEnd: true });
    await client.run();
    const recording = await record(client);
    client.write('init.lua', '-- written anew since\n');
    await client.move('restart', {
      arguments: { program: client.path('init.lua'), recording, stopOnEntry: true },
    });
    await client.ask('loadedSources');
    const { content } = await client.quietly<{ content: string }>('source', { sourceReference: 1 });
    client.note(`its text is that of the run: ${content === MAILER['init.lua']}`);
    await client.ask('source', { sourceReference: 12 });
  },
});

scenario('recording-that-is-none', {
  files: MAILER,
  async play(client) {
    client.write('broken.jsonl', '{"kind":"run"}\nnonsense\n');
    await client.launch({ queue: undefined, recording: client.path('broken.jsonl') });
    await client.ask('configurationDone');
  },
});

scenario('loaded-sources', {
  files: {
    'init.lua': `local kumo = require 'kumo'\nkumo.on('main', function()\n  require 'lib.a'\nend)\n`,
    'lib/a.lua': `return 1\n`,
  },
  alsoShow: ['loadedSource'],
  async play(client) {
    await client.launch({ ...MAIN, stopOnEnd: true });
    await client.ask('loadedSources');
    await client.run();
    await client.ask('loadedSources');
  },
});

scenario('lines-from-zero-and-uris', {
  files: HELLO,
  async play(client) {
    await client.launch(MAIN, { linesStartAt1: false, columnsStartAt1: false, pathFormat: 'uri' });
    await client.ask('setBreakpoints', {
      source: { path: `file://${client.path('init.lua')}` },
      breakpoints: [{ line: 2 }],
    });
    await client.run();
    await client.stack(1, { levels: 1 });
  },
});

scenario('unknown-and-malformed-requests', {
  files: HELLO,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.ask('disassemble', { memoryReference: '0' });
    await client.ask('kumo/tea');
    await client.ask('stackTrace');
    await client.ask('variables', { variablesReference: 'seven' });
    await client.ask('setBreakpoints', { source: client.source('init.lua'), breakpoints: 3 });
    await client.ask('evaluate', { frameId: 1.5, expression: 'x' });
    await client.ask('completions', { text: 'x' });
  },
});

scenario('progress-of-going-back', {
  files: HELLO,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEnd: true }, { supportsProgressReporting: true });
    await client.run();
    await client.move('reverseContinue');
  },
});
