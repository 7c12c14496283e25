/** What a breakpoint does when it is passed: its condition, its count of hits, its log message. */
import type { LuaActivation, LuaState } from '../vm/lua-vm.ts';
import type { ArmedBreakpoint, ArmedFunction, ArmedLine } from './breakpoints.ts';
import type { DebuggerPort } from './debugger-contract.ts';
import type { LogPart } from './log-message.ts';
import type { ScriptView } from './script-view.ts';

export interface Hit {
  readonly description: string;
  readonly breakpoints: readonly number[];
}

type Verdict = { readonly stops: boolean; readonly problem?: string };

export class BreakpointHits {
  private readonly view: ScriptView;
  private readonly port: Pick<DebuggerPort, 'logged'>;

  constructor(view: ScriptView, port: Pick<DebuggerPort, 'logged'>) {
    this.view = view;
    this.port = port;
  }

  /** The breakpoints of a line are passed in thread `L`. Log points say their text. */
  pass(armed: readonly ArmedLine[], L: LuaState): Hit | undefined {
    const ids: number[] = [];
    const problems: string[] = [];
    for (const breakpoint of armed) {
      const verdict = this.judge(breakpoint);
      if (!verdict.stops) continue;
      if (breakpoint.log !== undefined && verdict.problem === undefined) {
        this.log(breakpoint, breakpoint.log, L);
        continue;
      }
      ids.push(breakpoint.id);
      if (verdict.problem !== undefined) problems.push(verdict.problem);
    }
    if (ids.length === 0) return undefined;
    return { description: problems[0] ?? 'Breakpoint', breakpoints: ids };
  }

  /** The same while a position is run to: only what has to be counted is. */
  count(armed: readonly ArmedLine[]): void {
    for (const breakpoint of armed) {
      if (breakpoint.hitTest !== undefined) this.judge(breakpoint);
    }
  }

  /** The function on top of the stack was called: which breakpoints are on its name? */
  enter(
    armed: readonly ArmedFunction[],
    L: LuaState,
    activation: LuaActivation,
  ): { readonly ids: readonly number[]; readonly name: string } | undefined {
    const names = this.view.functionNames(L, activation);
    const ids = armed
      .filter((breakpoint) => names.includes(breakpoint.asked.name.trim()))
      .filter((breakpoint) => this.judge(breakpoint).stops)
      .map(({ id }) => id);
    return ids.length === 0 ? undefined : { ids, name: names[0] ?? '' };
  }

  private judge(breakpoint: ArmedBreakpoint): Verdict {
    const { condition, hitTest } = breakpoint;
    let problem: string | undefined;
    if (condition !== undefined) {
      const end = this.view.test(condition);
      if (typeof end === 'string') problem = `The condition ${condition} fails: ${end}`;
      else if (!end) return { stops: false };
    }
    breakpoint.hits++;
    if (problem !== undefined) return { stops: true, problem };
    return { stops: hitTest?.(breakpoint.hits) ?? true };
  }

  private log({ id, asked }: ArmedLine, parts: readonly LogPart[], L: LuaState): void {
    const { view } = this;
    const text = parts
      .map((part) => (part.kind === 'text' ? part.text : view.display(part.expression)))
      .join('');
    const location = view.stack.location(L) ?? { file: asked.file, line: asked.line };
    this.port.logged({ breakpoint: id, tick: view.tick, location, text });
  }
}
