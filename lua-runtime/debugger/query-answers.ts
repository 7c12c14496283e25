/** The answers to a client's questions about a script that stands still. */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { CallStack, FramePlace } from './call-stack.ts';
import { completionsAt } from './completions.ts';
import type {
  DebugAnswer,
  DebugAnswers,
  DebugQuery,
  Intervention,
  Variable,
  VariableLocation,
} from './debugger-contract.ts';
import type { Evaluator } from './evaluator.ts';
import type { FrameVariables } from './frame-variables.ts';
import type { Interventions } from './interventions.ts';
import type { ScratchThread } from './scratch-thread.ts';
import type { Threads } from './threads.ts';
import type { ValueTexts } from './value-text.ts';
import { locateVariable } from './variable-path.ts';
import type { Container, Variables } from './variables.ts';

export interface QueryAnswersParts {
  readonly vm: LuaVm;
  readonly threads: Threads;
  readonly stack: CallStack;
  readonly scratch: ScratchThread;
  readonly frames: FrameVariables;
  readonly texts: ValueTexts;
  readonly evaluator: Evaluator;
  readonly variables: Variables;
  readonly interventions: Interventions;
  /** Told of what changes the script, before it is done. */
  readonly intervened: (intervention: Intervention) => void;
}

/** A question cannot be answered; `message` is for the person who asked. */
class Unanswerable extends Error {}

const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\]|\["[^"\\\n]*"\]|\['[^'\\\n]*'\])*$/;

const MAX_FRAMES = 1000;
const GONE = 'This belongs to a place where the script is no more. Ask again.';

export class QueryAnswers {
  private readonly parts: QueryAnswersParts;

  constructor(parts: QueryAnswersParts) {
    this.parts = parts;
  }

  /** A sentence for the person who asked where there is no answer. */
  to(query: DebugQuery): DebugAnswer<DebugQuery['kind']> {
    try {
      return { ok: true, value: this.valueOf(query) };
    } catch (problem) {
      if (problem instanceof Unanswerable) return { ok: false, error: problem.message };
      throw problem;
    }
  }

  private valueOf(query: DebugQuery): DebugAnswers[DebugQuery['kind']] {
    const { threads, stack, variables } = this.parts;
    switch (query.kind) {
      case 'threads':
        return threads.list();
      case 'stack': {
        const L = threads.find(query.thread);
        if (L === undefined) throw new Unanswerable(`There is no thread ${query.thread} any more.`);
        return stack.frames(L, query.start, query.count === 0 ? MAX_FRAMES : query.count);
      }
      case 'scopes':
        return variables.scopes(this.placeOf(query.frame));
      case 'variables': {
        const { filter, start, count } = query;
        const children = variables.children(query.ref, {
          ...(filter === undefined ? undefined : { filter }),
          ...(start === undefined ? undefined : { start }),
          ...(count === undefined ? undefined : { count }),
        });
        if (children === undefined) throw new Unanswerable(GONE);
        return children;
      }
      case 'set-variable':
        return this.setVariable(query.ref, query.name, query.value);
      case 'evaluate':
        return this.evaluate(query);
      case 'locate':
        return this.locate(query.ref, query.name);
      case 'completions':
        return this.completions(query);
    }
  }

  private locate(ref: number, name: string): VariableLocation {
    const { threads, stack, frames } = this.parts;
    const { container, child } = this.childOf(ref, name);
    const frame = ('frame' in container ? container.frame : undefined) ?? stack.innermost();
    const location =
      child.expression === undefined
        ? undefined
        : locateVariable(frames, frame, threads.numberOf(frame.L), child.expression);
    if (location === undefined)
      throw new Unanswerable(`${name} cannot be followed back from here.`);
    return location;
  }

  private childOf(
    ref: number,
    name: string,
  ): { readonly container: Container; readonly child: Variable } {
    const { variables } = this.parts;
    const container = variables.container(ref);
    if (container === undefined) throw new Unanswerable(GONE);
    const child = variables.children(ref, {})?.find((candidate) => candidate.name === name);
    if (child !== undefined) return { container, child };
    throw new Unanswerable(
      `There is no ${name} here. A new global or field is made in the console: ${name} = 1.`,
    );
  }

  private placeOf(frame: number): FramePlace {
    const place = this.parts.stack.place(frame);
    if (place === undefined) throw new Unanswerable(GONE);
    return place;
  }

  private frameOf(frame: number | undefined): FramePlace {
    return frame === undefined ? this.parts.stack.innermost() : this.placeOf(frame);
  }

  private evaluate(query: Extract<DebugQuery, { kind: 'evaluate' }>): Variable {
    const { evaluator, scratch } = this.parts;
    const frame = this.frameOf(query.frame);
    const { expression } = query;
    return scratch.using((L) => {
      let end = evaluator.evaluate(frame, expression, 'look');
      if (!end.ok && end.refused === true && query.context === 'repl') {
        this.act(frame, expression);
        end = evaluator.evaluate(frame, expression, 'act');
      }
      if (!end.ok) throw new Unanswerable(end.error);
      const path = PATH.test(expression.trim()) ? expression.trim() : undefined;
      return this.resultOf(L, end.count, expression, path, frame);
    });
  }

  /** The results of an evaluation, on top of the stack, as one value. */
  private resultOf(
    L: LuaState,
    count: number,
    name: string,
    path: string | undefined,
    frame: FramePlace,
  ): Variable {
    const { vm, texts, variables } = this.parts;
    if (count === 0) return { name, value: '', type: 'nothing', ref: 0 };
    const others: string[] = [];
    for (let i = 1 - count; i < 0; i++) others.push(texts.shown(L, i).value);
    vm.pushValue(L, -count);
    const first = variables.describe(L, name, path, frame);
    return others.length === 0 ? first : { ...first, value: [first.value, ...others].join(', ') };
  }

  private setVariable(ref: number, name: string, value: string): Variable {
    const { evaluator, scratch, stack, variables } = this.parts;
    const { container, child } = this.childOf(ref, name);
    const { expression } = child;
    const frame = 'frame' in container ? container.frame : undefined;
    if (expression === undefined || child.readOnly === true || container.kind === 'varargs') {
      throw new Unanswerable(`${name} cannot be set from here.`);
    }
    const place = frame ?? stack.innermost();
    const assignment = `${expression} = ${value}\n`;
    return scratch.using((L) => {
      const isExpression = evaluator.evaluate(place, value, 'look');
      if (!isExpression.ok && isExpression.refused !== true) {
        throw new Unanswerable(isExpression.error);
      }
      this.act(place, assignment);
      const end = evaluator.evaluate(place, assignment, 'act');
      if (!end.ok) throw new Unanswerable(end.error);
      variables.changed();
      const read = evaluator.evaluate(place, expression, 'look');
      if (!read.ok) throw new Unanswerable(read.error);
      return this.resultOf(L, read.count, name, expression, place);
    });
  }

  /** Tells of something that changes the script, before it does. */
  private act(frame: FramePlace, expression: string): void {
    const { stack, interventions, intervened } = this.parts;
    const { tick, event } = interventions.place;
    const frameId = stack.idOf(frame);
    const query = { kind: 'evaluate', expression, frame: frameId, context: 'repl' } as const;
    intervened({ tick, event, query });
  }

  private completions(
    query: Extract<DebugQuery, { kind: 'completions' }>,
  ): DebugAnswers['completions'] {
    const frame = this.frameOf(query.frame);
    const { vm, scratch, frames, evaluator } = this.parts;
    return completionsAt({ vm, scratch, frames, evaluator }, frame, query.text, query.column);
  }
}
