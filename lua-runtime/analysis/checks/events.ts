/**
 * What kumod does not say about registrations: it accepts every name, refuses a second handler of a
 * single event when the policy loads, and a registration inside a handler when that runs
 * (KumoMTA crates/kumo-server-common/src/lib.rs 123-181).
 */
import { catalogue } from '../catalogue/catalogue.ts';
import type { CallExpression, FunctionExpression } from '../syntax/syntax-tree.ts';
import { isTopLevel, nodesOf } from '../syntax/node-index.ts';
import { walk } from '../syntax/walk.ts';
import { inFile } from '../values/by-file.ts';
import type { HandlerRegistration } from '../values/handler-roles.ts';
import type { SourceFile } from '../values/source-file.ts';
import { ERROR, WARNING, type Check, type CheckContext } from './check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';

const PAGE = 'reference/kumo/on.md';

/** A name that kumod never fires and nothing else of the policy mentions. */
export const unknownEvent: Check = ({ evaluator, file, report }) => {
  const texts = textsOf(evaluator);
  // A name that is put together somewhere may be any of these.
  if (texts.hasComputedName) return;
  for (const { call, event, entry } of inFile(evaluator.roles.registrations, file)) {
    const [name] = call.args;
    if (event === undefined || entry !== undefined || name === undefined) continue;
    if ((texts.counts.get(event) ?? 0) > 1 || hasPrefix(event)) continue;
    const meant = nearestName(
      event,
      catalogue.events.map((each) => each.name),
    );
    report({
      code: 'unknown-event',
      at: name,
      severity: WARNING,
      message:
        `kumod fires no event named '${event}' and no queue names it as its constructor, so the handler never runs.` +
        (meant === undefined ? '' : ` Did you mean '${meant}'?`),
      page: PAGE,
      ...(meant === undefined || name.kind !== 'String'
        ? {}
        : {
            fixes: [
              {
                title: `Change to '${meant}'`,
                preferred: true,
                edits: [{ at: name.content, newText: meant }],
              },
            ],
          }),
    });
  }
};

/** A second handler of an event that takes one. */
export const duplicateEvent: Check = ({ evaluator, file, report }) => {
  const loadedBefore = modulesOf(evaluator, file);
  const first = new Map<string, HandlerRegistration>();
  const all = evaluator.roles.registrations;
  // Other files may be policies of their own.
  const registrations = [...loadedBefore, file].flatMap((each) => inFile(all, each));
  for (const registration of registrations) {
    const { event, entry, call, file: where } = registration;
    // Registrations inside of functions and branches may exclude each other.
    if (event === undefined || entry?.multi === true || !isAlwaysMade(registration)) continue;
    const before = first.get(event);
    if (before === undefined) {
      first.set(event, registration);
      continue;
    }
    const [own, other] = where === file ? [registration, before] : [before, registration];
    if (own.file !== file || (other.file !== file && other.call === own.call)) continue;
    report({
      code: 'duplicate-event',
      at: own.call.args[0] ?? call,
      severity: ERROR,
      message: `'${event}' takes one handler and has one already, so the policy does not load: kumod raises "${event} event already has a handler defined".`,
      page: PAGE,
      related: [{ file: other.file, at: other.call, message: 'The other handler.' }],
    });
  }
};

/** The files that a file requires in its main chunk, and what those require. */
function modulesOf(
  { program }: Pick<CheckContext['evaluator'], 'program'>,
  file: SourceFile,
  found = new Set<SourceFile>(),
): ReadonlySet<SourceFile> {
  const nodes = nodesOf(file.chunk);
  for (const call of nodes.ofKind('Call')) {
    const [name] = call.args;
    if (call.callee.kind !== 'Name' || call.callee.name !== 'require') continue;
    if (name?.kind !== 'String' || !isTopLevel(nodes, file.chunk, call)) continue;
    const module = program.moduleFile(name.value);
    if (module === undefined || found.has(module)) continue;
    found.add(module);
    modulesOf({ program }, module, found);
  }
  return found;
}

/** kumo.on inside of a handler. */
export const eventInHandler: Check = ({ evaluator, file, report }) => {
  const registrations = inFile(evaluator.roles.registrations, file);
  const calls = new Map<CallExpression, HandlerRegistration>();
  for (const each of registrations) calls.set(each.call, each);
  for (const { file: where, handler, event } of registrations) {
    if (handler === undefined || event === undefined || event === 'main') continue;
    for (const value of evaluator.valuesOf(where, handler)) {
      if (value.kind !== 'function' || value.file !== file) continue;
      forOwnCalls(value.fn, (call) => {
        if (!calls.has(call)) return;
        report({
          code: 'event-in-handler',
          at: call,
          severity: ERROR,
          message: `kumod refuses to register a handler from within the handler of '${event}' and raises an error. Call kumo.on where the policy is loaded.`,
          page: PAGE,
        });
      });
    }
  }
};

/** The calls of a function, without those of functions that it only makes. */
function forOwnCalls(fn: FunctionExpression, visit: (call: CallExpression) => void): void {
  walk(fn.body, (node) => {
    if (node.kind === 'FunctionExpression') return false;
    if (node.kind === 'Call') visit(node);
    return true;
  });
}

/** Made whenever its file is loaded: a statement of the main chunk itself. */
function isAlwaysMade({ file, call }: HandlerRegistration): boolean {
  return isTopLevel(nodesOf(file.chunk), file.chunk, call);
}

function hasPrefix(event: string): boolean {
  return catalogue.policyNamedEvents.some(
    ({ prefix }) => prefix !== undefined && event.startsWith(prefix),
  );
}

/** Fields that name events: `constructor` of custom_lua, `event_name` of spawn_task and key sources. */
const NAMING_FIELDS = new Set(['constructor', 'event_name', 'filter_event']);

interface PolicyTexts {
  /** How often a text is written out as a string anywhere in the policy. */
  readonly counts: ReadonlyMap<string, number>;
  /** A field names an event by something else than a text. */
  readonly hasComputedName: boolean;
}

const known = new WeakMap<CheckContext['evaluator'], PolicyTexts>();

function textsOf(evaluator: CheckContext['evaluator']): PolicyTexts {
  let texts = known.get(evaluator);
  if (texts === undefined) known.set(evaluator, (texts = readTexts(evaluator)));
  return texts;
}

function readTexts({ program }: CheckContext['evaluator']): PolicyTexts {
  const counts = new Map<string, number>();
  let hasComputedName = false;
  for (const { chunk } of program.files.values()) {
    const nodes = nodesOf(chunk);
    for (const { value } of nodes.ofKind('String')) counts.set(value, (counts.get(value) ?? 0) + 1);
    hasComputedName ||= nodes.ofKind('NamedField').some(
      ({ name, value }) =>
        NAMING_FIELDS.has(name) &&
        value.kind !== 'String' &&
        // A log hook is given the function itself.
        value.kind !== 'FunctionExpression',
    );
  }
  return { counts, hasComputedName };
}
