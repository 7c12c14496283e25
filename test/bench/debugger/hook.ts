/** The debugger alone, in the thread of the script. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { BreakpointSet } from '../../../lua-runtime/debugger/debugger-contract.ts';
import { LuaDebugger } from '../../../lua-runtime/debugger/lua-debugger.ts';
import { UNATTENDED_PORT } from '../../../lua-runtime/debugger/unattended-port.ts';
import { createPolicyRuntime } from '../../../lua-runtime/kumod/policy-runtime.ts';
import { createVm } from '../../../lua-runtime/vm/create-vm.ts';
import { compileLua54 } from '../../../lua-runtime/vm/lua54/lua54.ts';
import { MemoryHost } from '../../lua-runtime/kumod/policy-run.ts';
import { compare } from '../measure.ts';
import type { Comparison } from '../measure.ts';
import { projectFolder } from '../project-folder.ts';
import { COUNTING, cpuSeconds, native, ROUTING, workFolder } from './work.ts';
import type { Work } from './work.ts';

const ROUNDS = 15;
const SEED = 1;
const module = compileLua54(readFileSync(path.join(projectFolder, 'dist/host/glue.wasm')));

/** Has code on every line, so that a breakpoint stays where it is put. */
const OTHER = 'local _ = 1\n'.repeat(100);

/** The policy loaded, and debugged where breakpoints are given. @returns does the work once. */
function loaded(breakpoints?: BreakpointSet): (work: Work) => void {
  const text = (file: string) => readFileSync(path.join(workFolder, file), 'utf8');
  const host = new MemoryHost({
    'init.lua': text('init.lua'),
    'routing.lua': text('routing.lua'),
    'other.lua': OTHER,
  });
  const vm = createVm({ engine: 'lua54', module }, { seed: SEED });
  if (breakpoints !== undefined) {
    const openLibraries = vm.openLibraries.bind(vm);
    vm.openLibraries = () => {
      openLibraries();
      new LuaDebugger({
        vm,
        port: UNATTENDED_PORT,
        readFile: (file) => host.readFile(file),
      }).attach({ breakpoints });
    };
  }
  const load = createPolicyRuntime(vm, host, { policyFile: 'init.lua', seed: SEED });
  if (!load.ok) throw new Error(load.failure.text);
  return ({ name, rounds }) => {
    const end = load.runtime.fireEvent('work', [name, rounds]);
    if (!end.registered || end.failure !== undefined) throw new Error('The work was not done.');
  };
}

export async function hookComparisons(): Promise<Comparison[]> {
  const plain = loaded();
  const hooked = loaded(NO_BREAKPOINTS);
  const elsewhere = (work: Work) =>
    loaded({ ...NO_BREAKPOINTS, lines: [{ id: 1, file: 'other.lua', line: work.busyLine }] });
  const against = (
    work: Work,
    subject: string,
    debugged: (work: Work) => void,
    aim: Comparison['aim'],
  ) =>
    compare({
      subject: `${work.title}, ${subject}`,
      unit: 's',
      peerName: 'no hook',
      ...(aim && { aim }),
      rounds: ROUNDS,
      ours: () => cpuSeconds(() => debugged(work)),
      peer: () => cpuSeconds(() => plain(work)),
    });
  const rows: Comparison[] = [];
  // What a policy does is held against the aims. The bare loop is there to see the worst that a hook
  // can do: Lua calls it for every other instruction there.
  for (const { work, aims } of [
    { work: ROUTING, aims: { hook: { atMost: 1.6 }, breakpoint: { atMost: 2 } } },
    { work: COUNTING, aims: undefined },
  ]) {
    rows.push(
      await against(work, 'always-on line hook', hooked, aims?.hook),
      await against(
        work,
        'a breakpoint in another file on its busiest line',
        elsewhere(work),
        aims?.breakpoint,
      ),
      await compare({
        subject: `${work.title}, debug.sethook in native lua5.4`,
        unit: 's',
        peerName: 'no hook, native',
        rounds: ROUNDS,
        ours: () => native(work, 'line'),
        peer: () => native(work, 'none'),
      }),
    );
  }
  return rows;
}
