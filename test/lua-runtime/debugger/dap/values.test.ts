/** Transcripts: values, seen, changed and evaluated. */
import { MAIN, MAILER, main } from './policies.ts';
import { scenario } from './transcripts.ts';

const SCOPES = main(`  local counter = 0
  local function add(amount, ...)
    local before = counter
    counter = counter + amount
    return before, select('#', ...)
  end
  print(add(2, 'a', nil, 'c'))
  print(counter)`);

scenario('locals-varargs-upvalues', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [7]);
    await client.run();
    await client.ask('scopes', { frameId: await client.frame() });
    client.note('arguments are the first of the locals');
    await client.scope('Locals');
    await client.scope('Varargs');
    await client.scope('Upvalues');
  },
});

scenario('upvalue-is-set', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [6]);
    await client.run();
    const variablesReference = await client.scopeReference('Upvalues');
    await client.ask('setVariable', { variablesReference, name: 'counter', value: '40 + 1' });
    await client.runToEnd('continue');
  },
});

scenario('local-is-set', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [7]);
    await client.run();
    const variablesReference = await client.scopeReference('Locals');
    await client.ask('setVariable', { variablesReference, name: 'before', value: "'changed'" });
    await client.ask('setVariable', { variablesReference, name: 'before', value: 'no(' });
    await client.ask('setVariable', { variablesReference, name: 'missing', value: '1' });
    await client.runToEnd('continue');
  },
});

scenario('expression-is-set', {
  files: main(`  local route = { hosts = { 'a', 'b' } }
  local limit = 3
  print(route.hosts[2], limit)`),
  async play(client) {
    await client.launch(MAIN, { supportsInvalidatedEvent: true });
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    const frameId = await client.frame();
    await client.ask('setExpression', { expression: 'route.hosts[2]', value: "'c'", frameId });
    await client.ask('setExpression', { expression: 'limit', value: 'limit * 2', frameId });
    await client.ask('setExpression', { expression: '3 + 4', value: '1', frameId });
    await client.ask('setExpression', { expression: 'limit', value: 'nope(', frameId });
    await client.runToEnd('continue');
  },
});

scenario('evaluate-varargs', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [6]);
    await client.run();
    await client.evaluate('...', 'watch');
    await client.evaluate("select('#', ...)", 'watch');
    await client.evaluate('{ ... }', 'watch');
  },
});

scenario('evaluate-in-the-frame-of-the-caller', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [6]);
    await client.run();
    await client.evaluate('amount', 'watch', 0);
    await client.evaluate('amount', 'watch', 1);
    await client.evaluate('add', 'watch', 1);
    await client.ask('evaluate', { expression: 'kumo', context: 'watch' });
    await client.ask('evaluate', { expression: '_VERSION ~= nil' });
  },
});

scenario('evaluate-what-is-wrong', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [6]);
    await client.run();
    await client.evaluate('amount +', 'watch');
    await client.evaluate('nothing.at.all', 'watch');
    await client.evaluate("error('mine', 0)", 'repl');
    await client.evaluate('while true do end', 'watch');
    await client.evaluate('', 'repl');
  },
});

scenario('console-changes-a-local-and-prints', {
  files: SCOPES,
  async play(client) {
    await client.launch(MAIN, { supportsInvalidatedEvent: true });
    await client.setBreakpoints('init.lua', [7]);
    await client.run();
    await client.evaluate('before = before + 100', 'repl');
    await client.evaluate("print('from the console')", 'repl');
    await client.evaluate('before, amount', 'repl');
    await client.runToEnd('continue');
  },
});

scenario('watch-refuses-publish', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.setBreakpoints('init.lua', [16]);
    await client.run();
    await client.evaluate("client:publish { routing_key = 'mail', payload = 'x' }", 'watch');
    await client.evaluate("client:publish { routing_key = 'mail', payload = 'x' }", 'hover');
    await client.evaluate('payload', 'hover');
  },
});

scenario('hover-and-inline-values', {
  files: main(`  local route = { host = 'mx', port = 25, next = { host = 'mx2' } }
  print(route.next.host)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    await client.evaluate('route', 'hover');
    await client.evaluate('route.next.host', 'hover');
    await client.evaluate('route.port', 'inline');
    await client.evaluate('print', 'hover');
  },
});

scenario('completions', {
  files: main(`  local route = { host = 'mx', hosts = {}, port = 25 }
  local router = 1
  print(route, router)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    const frameId = await client.frame();
    const complete = (text: string) =>
      client.ask('completions', { text, column: text.length + 1, frameId });
    await complete('rout');
    await complete('print(route.ho');
    await complete('string.for');
    await complete("('x'):up");
    await complete('retu');
    await complete('unknown.');
    await client.ask('completions', { text: 'route = 1\nroute.po', line: 2, column: 9, frameId });
  },
});

scenario('completions-of-a-message', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.setBreakpoints('init.lua', [14]);
    await client.run();
    const text = 'message:get_m';
    await client.ask('completions', {
      text,
      column: text.length + 1,
      frameId: await client.frame(),
    });
  },
});

scenario('paged-table', {
  files: main(`  local list = {}
  for i = 1, 1000 do
    list[i] = i * i
  end
  list.name = 'squares'
  print(#list)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [8]);
    await client.run();
    const { variablesReference } = await client.evaluate('list', 'watch');
    await client.children(variablesReference, { filter: 'named' });
    await client.children(variablesReference, { filter: 'indexed', start: 0, count: 3 });
    await client.children(variablesReference, { filter: 'indexed', start: 998, count: 10 });
    await client.children(variablesReference, { filter: 'indexed', start: 2000, count: 10 });
  },
});

scenario('binary-string', {
  files: main(`  local binary = 'a\\0b\\xff\\x80'
  local text = 'grün\\tund\\n"so"'
  local long = ('x'):rep(100000)
  print(#binary, #text, #long)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [6]);
    await client.run();
    await client.evaluate('binary', 'watch');
    await client.evaluate('text', 'watch');
    const { result } = await client.quietly<{ result: string }>('evaluate', {
      expression: 'long',
      context: 'watch',
      frameId: await client.frame(),
    });
    client.note(`a long text is cut: ${result.length < 20_000}`);
  },
});

scenario('int-and-float', {
  files: main(`  local whole, same, part = 3, 3.0, 0.1
  local huge, nothing, inf = math.maxinteger, 0/0, 1/0
  print(whole, same, part, huge, nothing, inf)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.scope('Locals');
    const frameId = await client.frame();
    const format = { hex: true };
    await client.ask('evaluate', { expression: 'whole + 252', frameId, format });
    await client.ask('evaluate', { expression: '-1', frameId, format });
    await client.ask('evaluate', { expression: 'same', frameId, format });
  },
});

scenario('message-fields', {
  files: MAILER,
  async play(client) {
    await client.launch({
      queue: 'news:acme@a.example',
      sender: 'from@b.example',
      recipient: 'to@a.example',
      meta: { weight: 7 },
    });
    await client.setBreakpoints('init.lua', [14]);
    await client.run();
    const { variablesReference } = await client.evaluate('message', 'watch');
    await client.children(variablesReference);
    await client.evaluate("message:get_meta 'weight'", 'watch');
  },
});

scenario('queue-config-and-client-fields', {
  files: MAILER,
  async play(client) {
    await client.launch({});
    await client.setBreakpoints('init.lua', [15]);
    await client.run();
    const make = "require('kumo').make_queue_config { max_age = '1 hour' }";
    await client.evaluate(make, 'watch');
    const config = await client.evaluate(make, 'repl');
    await client.children(config.variablesReference);
    const amqp = await client.evaluate('client', 'watch');
    await client.children(amqp.variablesReference);
    await client.evaluate('domain', 'watch');
  },
});

scenario('metatable-shown', {
  files: main(`  local Route = {}
  Route.__index = Route
  function Route:name() return 'acme' end
  Route.__tostring = function() return 'Route(acme)' end
  local route = setmetatable({ host = 'mx' }, Route)
  print(route:name())`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [8]);
    await client.run();
    const { variablesReference } = await client.evaluate('route', 'watch');
    const fields = await client.children(variablesReference);
    const meta = fields.find(({ name }) => name.includes('metatable'));
    if (meta) await client.children(meta.variablesReference);
  },
});

scenario('globals-without-the-standard-library', {
  files: {
    'init.lua': `local kumo = require 'kumo'
limit = 5
hosts = { 'a', 'b' }
kumo.on('main', function()
  print(limit)
end)
`,
  },
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.scope('Globals');
  },
});

scenario('clipboard-copies-a-whole-table', {
  files: main(`  local route = { host = 'mx', ports = { 25, 587 } }
  route.self = route
  print(route.host)`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [5]);
    await client.run();
    await client.evaluate('route.host', 'clipboard');
    await client.evaluate('route.ports', 'clipboard');
  },
});

scenario('stale-references-are-refused', {
  files: main(`  local t = { 1 }
  t[2] = 2
  t[3] = 3`),
  async play(client) {
    await client.launch(MAIN);
    await client.setBreakpoints('init.lua', [4]);
    await client.run();
    const frameId = await client.frame();
    const locals = await client.scopeReference('Locals');
    await client.move('next');
    await client.ask('scopes', { frameId });
    await client.ask('variables', { variablesReference: locals });
    await client.ask('evaluate', { expression: 't', frameId });
    await client.ask('setVariable', { variablesReference: locals, name: 't', value: '1' });
    await client.ask('kumo/lastChange', { variablesReference: locals, name: 't' });
  },
});
