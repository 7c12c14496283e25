/**
 * The helpers of policy-extras: they register handlers, so where and in which order they are set up decides
 * (KumoMTA assets/policy-extras/queue.lua 459-513, log_hooks.lua 97-200, shaping.lua 407-570).
 */
import { fieldOf } from '../syntax/field-names.ts';
import { isTopLevel, nodesOf, ownNodes } from '../syntax/node-index.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import { inFile } from '../values/by-file.ts';
import { knownText } from '../values/value.ts';
import { ERROR, type Check, type CheckContext } from './check.ts';

const QUEUE_SETUPS = ['policy-extras.queue.setup', 'policy-extras.queue.setup_with_options'];
const HOOKS = [
  'policy-extras.log_hooks.new',
  'policy-extras.log_hooks.new_json',
  'policy-extras.log_hooks.new_disposition_hook',
];
const AUTOMATION = 'policy-extras.shaping.setup_with_automation';
/** They call kumo.on. */
const REGISTERING = new Set([...QUEUE_SETUPS, ...HOOKS, AUTOMATION, 'policy-extras.sources.setup']);
/** Modules that call kumo.on when they are required. */
const REGISTERING_MODULES = new Set(
  ['dkim_sign', 'listener_domains', 'queue', 'shaping', 'sources'].map((n) => `policy-extras.${n}`),
);
/** Set up once in a context; the second call raises an error. */
const ONCE: readonly (readonly string[])[] = [
  QUEUE_SETUPS,
  ['policy-extras.sources.setup'],
  [AUTOMATION],
  ['policy-extras.dkim_sign.setup'],
  ['policy-extras.listener_domains.setup'],
];

/** A helper that is set up, or first required, in a handler: kumo.on refuses there. */
export const helperInHandler: Check = ({ evaluator, file, report }) => {
  const calls = apiCallsOf(evaluator);
  const nodes = nodesOf(file.chunk);
  // A module is loaded by a policy that may have required the helper before.
  const isPolicy = inFile(evaluator.roles.registrations, file).some(
    ({ event }) => event === 'init',
  );
  const isRequiredOutside = (name: string): boolean =>
    !isPolicy ||
    [...evaluator.program.files.values()].some((each) =>
      nodesOf(each.chunk)
        .ofKind('Call')
        .some(
          (call) =>
            requiredBy(call) === name && nodesOf(each.chunk).functionAround(call) === undefined,
        ),
    );
  for (const { file: where, handler, event } of inFile(evaluator.roles.registrations, file)) {
    if (handler === undefined || event === undefined || event === 'main') continue;
    for (const value of evaluator.valuesOf(where, handler)) {
      if (value.kind !== 'function' || value.file !== file) continue;
      for (const node of ownNodes(value.fn)) {
        if (node.kind !== 'Call' && node.kind !== 'MethodCall') continue;
        const called = calls.of(node)?.fullName;
        const module = requiredBy(node);
        const what =
          called !== undefined && REGISTERING.has(called)
            ? `\`${called.replace(/\.(?=[^.]*$)/, ':')}\` registers handlers`
            : module !== undefined && REGISTERING_MODULES.has(module) && !isRequiredOutside(module)
              ? `\`${module}\` registers a handler when it is first required`
              : undefined;
        if (what === undefined || nodes.functionAround(node) !== value.fn) continue;
        report({
          code: 'event-in-handler',
          at: node,
          severity: ERROR,
          message: `${what}, and kumod refuses that from within the handler of '${event}' with an error. Do it where the policy is loaded.`,
          page: 'reference/kumo/on.md',
        });
      }
    }
  }
};

/** A helper that is set up twice, or a hook of a name that is taken: the policy does not load. */
export const duplicateSetup: Check = (context) => {
  for (const names of ONCE) {
    reportRepeated(context, topLevelCalls(context, names), () => 'is set up already');
  }
  reportRepeated(context, topLevelCalls(context, HOOKS), (call) => {
    const name = optionText(context, call, 'name');
    return name === undefined ? undefined : `has a hook named '${name}' already`;
  });
};

function reportRepeated(
  { report }: CheckContext,
  calls: readonly ApiCall[],
  why: (call: ApiCall) => string | undefined,
): void {
  const first = new Map<string, ApiCall>();
  for (const each of calls) {
    const reason = why(each);
    if (reason === undefined) continue;
    const before = first.get(reason);
    if (before === undefined) {
      first.set(reason, each);
      continue;
    }
    report({
      code: 'duplicate-setup',
      at: each.call,
      severity: ERROR,
      message: `\`${moduleOf(each)}\` ${reason}, so the policy does not load: the helper raises "has already been configured".`,
      page: each.entry.page,
      related: [{ file: before.file, at: before.call, message: 'The first one.' }],
    });
  }
}

/** What is registered for get_queue_config behind the queue helper is never asked. */
export const helperOrder: Check = (context) => {
  const { evaluator, file, report } = context;
  const setup = topLevelCalls(context, QUEUE_SETUPS).find((each) => !isWithoutQueueConfig(each));
  if (setup === undefined) return;
  const related = [{ file, at: setup.call, message: 'The queue helper is set up here.' }];
  const later = (at: { readonly start: number }): boolean => at.start > setup.call.end;
  for (const each of topLevelCalls(context, [...HOOKS.slice(0, 2), AUTOMATION])) {
    if (!later(each.call)) continue;
    if (each.fullName === AUTOMATION && !publishes(each)) continue;
    report({
      code: 'helper-order',
      at: each.call,
      severity: ERROR,
      message:
        'The queue helper is set up before this and answers for every domain, so the queue of these log records is never configured: kumod mails the records to the domain of that name. Set up the queue helper last.',
      page: 'userguide/operation/webhooks.md',
      related,
    });
  }
  for (const { call, event } of inFile(evaluator.roles.registrations, file)) {
    if (event !== 'get_queue_config' || !later(call)) continue;
    if (!isTopLevel(nodesOf(file.chunk), file.chunk, call)) continue;
    report({
      code: 'helper-order',
      at: call.args[0] ?? call,
      severity: ERROR,
      message:
        'The queue helper is set up before this and answers for every domain, so this handler is never asked, and `kumod --validate` fails. Set up the queue helper last.',
      page: 'userguide/configuration/queuemanagement.md',
      related,
    });
  }
};

/** Calls in the main chunk of the checked file that are always made. */
function topLevelCalls({ evaluator, file }: CheckContext, names: readonly string[]): ApiCall[] {
  const nodes = nodesOf(file.chunk);
  return apiCallsOf(evaluator)
    .in(file, ...names)
    .filter((each) => isTopLevel(nodes, file.chunk, each.call));
}

function isWithoutQueueConfig({ args, fullName }: ApiCall): boolean {
  if (!fullName.endsWith('with_options')) return false;
  const [options] = args;
  if (options?.kind !== 'Table') return true;
  const skip = fieldOf(options, 'skip_queue_config_hook');
  return skip !== undefined && !(skip.kind === 'Boolean' && !skip.value);
}

/** Without somewhere to publish to, no log hook is made. */
function publishes({ args: [options] }: ApiCall): boolean {
  if (options?.kind !== 'Table') return false;
  const publish = fieldOf(options, 'publish');
  return publish?.kind === 'Table' && publish.fields.length > 0;
}

function optionText(
  { evaluator }: CheckContext,
  { file, args: [options] }: ApiCall,
  name: string,
): string | undefined {
  const value = options?.kind === 'Table' ? fieldOf(options, name) : undefined;
  return value && knownText(evaluator.valuesOf(file, value));
}

function moduleOf({ fullName }: ApiCall): string {
  return fullName.slice(0, fullName.lastIndexOf('.'));
}

function requiredBy(node: ApiCall['call']): string | undefined {
  if (node.kind !== 'Call' || node.callee.kind !== 'Name' || node.callee.name !== 'require') {
    return undefined;
  }
  const [name] = node.args;
  return name?.kind === 'String' ? name.value : undefined;
}
