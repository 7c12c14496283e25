/** What stands above the handlers of a file: what can be done with them, who uses them, what they did. */
import type { HandlerCalls, LastRun } from '../last-run.ts';
import { LineMap } from '../line-map.ts';
import type { CodeLens, LensCommand } from '../lsp-types.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { HandlerRegistration } from '../values/handler-roles.ts';
import type { SourceFile } from '../values/source-file.ts';
import { occurrencesOf } from './symbol.ts';

const QUEUE_CONFIG_EVENT = 'get_queue_config';

/** @param lastRun what the newest run of this policy did; without it nothing is told of runs */
export function codeLensesOf(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  lastRun: LastRun | undefined,
): CodeLens[] {
  const lines = new LineMap(file.text);
  const here = evaluator.roles.registrations.filter((each) => each.file === file);
  return here.flatMap((registration) => {
    const { call, event } = registration;
    const commands = [
      ...actionsOf(evaluator, registration, lines),
      ...usesOf(evaluator, registration, lines),
      ...runOf(here, registration, lastRun),
    ];
    const name = call.args[0] ?? call;
    return event === undefined
      ? []
      : commands.map((command) => ({ range: lines.range(name), command }));
  });
}

function actionsOf(
  evaluator: ProgramEvaluator,
  { event, file, handler }: HandlerRegistration,
  lines: LineMap,
): LensCommand[] {
  if (event !== QUEUE_CONFIG_EVENT || handler === undefined) return [];
  const [fn] = evaluator.valuesOf(file, handler);
  if (fn?.kind !== 'function') return [];
  const first = fn.fn.body.statements[0];
  const own = fn.file === file ? lines : new LineMap(fn.file.text);
  return [
    { title: 'Simulate', command: 'kumo.simulate', arguments: [] },
    ...(first === undefined
      ? []
      : [
          {
            title: 'Debug',
            command: 'kumo.debug',
            arguments: [fn.file.path, own.range(first).start],
          } as const,
        ]),
  ];
}

function usesOf(
  evaluator: ProgramEvaluator,
  { event, entry, file, call }: HandlerRegistration,
  lines: LineMap,
): LensCommand[] {
  if (event === undefined || entry !== undefined) return [];
  const uses = occurrencesOf(evaluator, { kind: 'event', name: event }).filter(
    ({ isDefinition }) => !isDefinition,
  );
  const [name] = call.args;
  if (uses.length === 0 || name?.kind !== 'String') return [];
  const locations = uses.map(({ file: where, span }) => ({
    file: where.path,
    range: new LineMap(where.text).range(span),
  }));
  return [
    {
      title: `used by ${uses.length}`,
      command: 'kumo.showReferences',
      arguments: [file.path, lines.range(name.content).start, locations],
    },
  ];
}

/**
 * A handler is known again by its place among those of its event in the file, because its line may be
 * another one since.
 */
function runOf(
  here: readonly HandlerRegistration[],
  registration: HandlerRegistration,
  lastRun: LastRun | undefined,
): LensCommand[] {
  const { event, entry, file } = registration;
  const ran = lastRun?.texts[file.path];
  if (lastRun === undefined || ran === undefined) return [];
  const same = lastRun.handlers
    .filter((each) => each.file === file.path && each.event === event)
    .sort((a, b) => a.line - b.line);
  const registered = here.filter((each) => each.event === event);
  const known = same[registered.indexOf(registration)];
  if (known === undefined || same.length !== registered.length) return [];
  // What the workbench does not run says nothing by not being called.
  if (known.calls === 0 && entry !== undefined && event !== QUEUE_CONFIG_EVENT) return [];
  const since = ran === file.text ? '' : ', before the last change';
  return [{ title: `${callsInWords(known)}${since}`, command: '', arguments: [] }];
}

function callsInWords({ calls, failed }: HandlerCalls): string {
  if (calls === 0) return 'not called in the last run';
  const times = calls === 1 ? 'called once' : `called ${calls} times`;
  const failures =
    failed === 0 ? '' : failed === calls ? ', always failed' : `, ${failed} of them failed`;
  return `${times} in the last run${failures}`;
}
