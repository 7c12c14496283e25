/** Transcripts: what a run tells when it is read once more. */
import type {
  Coverage,
  Profile,
  ProfileNode,
} from '../../../../lua-runtime/debugger/run-reading.ts';
import { MAIN, main } from './policies.ts';
import { scenario } from './transcripts.ts';

const BRANCHING = main(`  local function kind(n)
    if n > 2 then
      return 'many'
    end
    return 'few'
  end
  for i = 1, 3 do
    print(kind(i))
  end
  if false then
    print('never')
  end`);

scenario('log-points-added-afterwards', {
  files: BRANCHING,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEnd: true });
    await client.run();
    await client.ask('kumo/readings', {
      reading: {
        kind: 'log-points',
        limit: 2,
        points: [
          { id: 1, file: 'init.lua', line: 4, logMessage: 'n is {n}' },
          { id: 2, file: 'init.lua', line: 10, condition: 'i == 2', logMessage: '{kind(i)}' },
          { id: 3, file: 'init.lua', line: 13, logMessage: 'never' },
        ],
      },
    });
  },
});

scenario('coverage-of-a-run', {
  files: BRANCHING,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEnd: true });
    await client.run();
    const { result } = await client.quietly<{ result: Coverage }>('kumo/readings', {
      reading: { kind: 'coverage', values: true },
    });
    for (const { file, lines, functions, branches } of result.files) {
      client.note(file);
      for (const { line, hits } of lines) client.note(`  line ${line}: ${hits}`);
      for (const { name, line, hits } of functions) client.note(`  ${name} ${line}: ${hits}`);
      for (const { line, taken } of branches) client.note(`  branch ${line}: ${taken.join(' ')}`);
    }
  },
});

scenario('profile-of-a-run', {
  files: BRANCHING,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEnd: true });
    await client.run();
    const { result } = await client.quietly<{ result: Profile }>('kumo/readings', {
      reading: { kind: 'profile' },
    });
    const tell = (node: ProfileNode, depth: number): void => {
      client.note(`${'  '.repeat(depth)}${node.kind} ${node.name}: ${node.count}`);
      // By name, because by time is chance.
      const children = [...node.children].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const child of children) tell(child, depth + 1);
    };
    tell(result.root, 0);
  },
});

scenario('wrong-readings', {
  files: BRANCHING,
  async play(client) {
    await client.launch({ ...MAIN, stopOnEntry: true });
    await client.run();
    await client.ask('kumo/readings', { reading: { kind: 'tea' } });
    await client.ask('kumo/readings', { reading: { kind: 'log-points', limit: 0 } });
    await client.ask('kumo/readings', { reading: { kind: 'log-points', points: [{ id: 1 }] } });
  },
});
