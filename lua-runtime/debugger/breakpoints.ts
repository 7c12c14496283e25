/** The breakpoints of a context: where they stand, and what is known of each. */
import type {
  BreakpointPlace,
  BreakpointSet,
  DomainEvent,
  EventBreakpoint,
  FunctionBreakpoint,
  LineBreakpoint,
} from './debugger-contract.ts';
import { NO_BREAKPOINTS } from './debugger-contract.ts';
import { CodeCheck } from './code-check.ts';
import type { CodeLines } from './code-check.ts';
import { parseHitCondition } from './hit-condition.ts';
import type { HitTest } from './hit-condition.ts';
import { parseLogMessage } from './log-message.ts';
import type { LogPart } from './log-message.ts';
import { StatementLines } from './statement-lines.ts';
import type { LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';

/** What line and function breakpoints have in common while a script runs. */
export interface ArmedBreakpoint {
  readonly id: number;
  readonly condition?: string;
  readonly hitTest?: HitTest;
  /** Passes on which the condition held. */
  hits: number;
}

export interface ArmedLine extends ArmedBreakpoint {
  readonly asked: LineBreakpoint;
  readonly line: number;
  readonly log?: readonly LogPart[];
}

export interface ArmedFunction extends ArmedBreakpoint {
  readonly asked: FunctionBreakpoint;
}

export class Breakpoints {
  private readonly readFile: (path: string) => Uint8Array | undefined;
  private readonly vm: LuaVm;
  private readonly check: CodeCheck;
  private readonly statements: StatementLines;
  private set: BreakpointSet = NO_BREAKPOINTS;
  private lines = new Map<string, Map<number, ArmedLine[]>>();
  private numbers: ReadonlySet<number> = new Set();
  private armedFunctions: ArmedFunction[] = [];

  constructor(vm: LuaVm, readFile: (path: string) => Uint8Array | undefined) {
    this.readFile = readFile;
    this.vm = vm;
    this.check = new CodeCheck(vm);
    this.statements = new StatementLines(vm);
  }

  /** Replaces all. One that was there before, and is the same, goes on counting its hits. */
  replace(set: BreakpointSet): BreakpointPlace[] {
    const before = this.all();
    const hitsOf = (asked: LineBreakpoint | FunctionBreakpoint): number =>
      before.find((armed) => JSON.stringify(armed.asked) === JSON.stringify(asked))?.hits ?? 0;
    this.set = set;
    this.lines = new Map();
    this.armedFunctions = [];
    const files = new Map<string, CodeLines | undefined>();
    const places = [
      ...set.lines.map((asked) => this.placeLine(asked, hitsOf(asked), files)),
      ...set.functions.map((asked) => this.placeFunction(asked, hitsOf(asked))),
      ...set.events.map(({ id }): BreakpointPlace => ({ id, verified: true })),
    ];
    this.numbers = this.lineNumbers(false);
    this.check.close();
    return places;
  }

  /** Those that are passed as a hook is called for a line: once a statement. */
  passedAt(L: LuaState, line: number, activation: LuaActivation): readonly ArmedLine[] {
    if (!this.numbers.has(line)) return [];
    const source = this.vm.activationSource(L, activation);
    if (!source.startsWith('@')) return [];
    const armed = this.lines.get(source.slice(1))?.get(line) ?? [];
    return armed.length > 0 && this.statements.continuesAt(L, activation) ? [] : armed;
  }

  get functions(): readonly ArmedFunction[] {
    return this.armedFunctions;
  }

  /** Line numbers in whatever file. @param countingOnly: of those that count their hits. */
  lineNumbers(countingOnly: boolean): Set<number> {
    const numbers = new Set<number>();
    for (const ofFile of this.lines.values()) {
      for (const [line, armed] of ofFile) {
        if (!countingOnly || armed.some(({ hitTest }) => hitTest !== undefined)) numbers.add(line);
      }
    }
    return numbers;
  }

  /** Those on an event. @param name of the host call, the handler, the reject code. */
  onEvent(event: DomainEvent, name?: string): readonly number[] {
    return this.set.events
      .filter((asked) => asked.event === event && isNamed(asked, name))
      .map(({ id }) => id);
  }

  private all(): readonly (ArmedLine | ArmedFunction)[] {
    const lines = [...this.lines.values()].flatMap((ofFile) => [...ofFile.values()].flat());
    return [...lines, ...this.armedFunctions];
  }

  private placeLine(
    asked: LineBreakpoint,
    hits: number,
    files: Map<string, CodeLines | undefined>,
  ): BreakpointPlace {
    const { id, file } = asked;
    const code = this.codeOf(file, files);
    if (code === undefined) {
      return { id, verified: false, message: `There is no file ${file} in the workspace.` };
    }
    if (!code.ok) {
      return { id, verified: false, message: `${file} does not compile: ${code.error}.` };
    }
    const line = code.lines.find((candidate) => candidate >= asked.line);
    if (line === undefined) {
      return { id, verified: false, message: `No code follows line ${asked.line} of ${file}.` };
    }
    const hitTest = readHitCondition(asked);
    if (typeof hitTest === 'string') return { id, verified: false, line, message: hitTest };
    const log =
      asked.logMessage === undefined
        ? undefined
        : parseLogMessage(
            asked.logMessage,
            (text) => this.check.expressionProblem(text) === undefined,
          );
    const message = this.conditionProblem(asked) ?? log?.problem;
    const armed: ArmedLine = {
      id,
      asked,
      line,
      hits,
      ...(asked.condition === undefined ? undefined : { condition: asked.condition }),
      ...(hitTest === undefined ? undefined : { hitTest }),
      ...(log === undefined ? undefined : { log: log.parts }),
    };
    const ofFile = this.lines.get(file) ?? new Map<number, ArmedLine[]>();
    this.lines.set(file, ofFile);
    ofFile.set(line, [...(ofFile.get(line) ?? []), armed]);
    return { id, verified: true, line, ...(message === undefined ? undefined : { message }) };
  }

  private placeFunction(asked: FunctionBreakpoint, hits: number): BreakpointPlace {
    const { id, name, condition } = asked;
    if (name.trim() === '') {
      return { id, verified: false, message: 'Name a function: send, sender:send, routes.find.' };
    }
    const hitTest = readHitCondition(asked);
    if (typeof hitTest === 'string') return { id, verified: false, message: hitTest };
    this.armedFunctions.push({
      id,
      asked,
      hits,
      ...(condition === undefined ? undefined : { condition }),
      ...(hitTest === undefined ? undefined : { hitTest }),
    });
    const message = this.conditionProblem(asked);
    return { id, verified: true, ...(message === undefined ? undefined : { message }) };
  }

  private codeOf(file: string, files: Map<string, CodeLines | undefined>): CodeLines | undefined {
    if (!files.has(file)) {
      const bytes = this.readFile(file);
      files.set(file, bytes && this.check.linesOf(file, bytes));
    }
    return files.get(file);
  }

  private conditionProblem({ condition }: { readonly condition?: string }): string | undefined {
    const problem = condition === undefined ? undefined : this.check.expressionProblem(condition);
    return problem && `The condition is no Lua expression: ${problem}.`;
  }
}

function readHitCondition({
  hitCondition,
}: {
  readonly hitCondition?: string;
}): HitTest | string | undefined {
  return hitCondition === undefined ? undefined : parseHitCondition(hitCondition);
}

function isNamed({ only }: EventBreakpoint, name: string | undefined): boolean {
  if (only === undefined || only.trim() === '') return true;
  return name !== undefined && only.split(',').some((wanted) => wanted.trim() === name);
}
