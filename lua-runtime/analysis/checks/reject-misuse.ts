/**
 * Where kumo.reject is no reject, and where an error was meant to be one (KumoMTA
 * crates/kumod/src/lua_deliver.rs 137-187 and 238-358, queue/manager.rs 192-298, smtp_server.rs 842-866).
 */
import type { EventEntry } from '../catalogue/catalogue-contract.ts';
import { nodesOf } from '../syntax/node-index.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import { inFile } from '../values/by-file.ts';
import { handlerFunctionsOf, sendFunctionsOf } from '../values/called-functions.ts';
import type { FunctionValue } from '../values/value.ts';
import { ERROR, WARNING, type Check, type CheckContext } from './check.ts';

const REJECTS = ['kumo.reject', 'kumo.disconnect'];
const PAGE = 'reference/kumo/reject.md';
/** Whoever rejects there wants a refusal, and an error is one. */
const REFUSED_BY_ERROR =
  /^(?:http_server_validate_auth_|proxy_server_auth_|init$|pre_init$|main$|validate_config$)/;

/** kumo.reject in a handler or constructor for which it is an error like any other. */
export const rejectMisuse: Check = (context) => {
  const { evaluator, file } = context;
  const rejects = apiCallsOf(evaluator).in(file, ...REJECTS);
  if (rejects.length === 0) return;
  const nodes = nodesOf(file.chunk);
  const inside = (fn: FunctionValue['fn']): ApiCall[] =>
    rejects.filter(({ call }) => nodes.functionAround(call) === fn);
  for (const { value, isNamed } of evaluator.roles.constructors) {
    if (value.file !== file || !isNamed) continue;
    for (const { call, fullName } of inside(value.fn)) {
      context.report({
        code: 'reject-in-constructor',
        at: call,
        severity: WARNING,
        message: `In a constructor \`${fullName}\` is an error like any other: whatever the code, kumod logs TransientFailure 400 "failed to connect to any candidate hosts" and tries again, and nothing bounces. Reject in \`send\`.`,
        page: 'reference/kumo/make_queue_config/protocol.md',
      });
    }
  }
  for (const { value, registration } of inFile(handlerFunctionsOf(evaluator), file)) {
    const { entry } = registration;
    if (entry === undefined || REFUSED_BY_ERROR.test(entry.name)) continue;
    for (const reject of inside(value.fn)) checkHandler(context, reject, entry);
  }
};

function checkHandler(context: CheckContext, reject: ApiCall, entry: EventEntry): void {
  const { call, fullName } = reject;
  if (entry.name === 'requeue_message') {
    const code = codeOf(reject);
    if (code === undefined || code >= 500) return;
    context.report({
      code: 'reject-without-effect',
      at: call,
      severity: ERROR,
      message: `In 'requeue_message' kumod bounces the message whatever the code: with ${code} too it is removed and never tried again.`,
      page: entry.page,
    });
    return;
  }
  if (entry.onReject !== undefined && !entry.onReject.startsWith('The same as')) return;
  context.report({
    code: 'reject-without-effect',
    at: call,
    severity: entry.name === 'throttle_insert_ready_queue' ? ERROR : WARNING,
    message: `In '${entry.name}' \`${fullName}\` is an error like any other. ${entry.onError}`,
    page: entry.page,
  });
}

/** Codes that are none of SMTP's failures: kumod bounces with them as they are. */
export const rejectCode: Check = ({ evaluator, file, report }) => {
  for (const each of apiCallsOf(evaluator).in(file, ...REJECTS)) {
    const code = codeOf(each);
    const [at] = each.args;
    if (code === undefined || at === undefined || (code >= 400 && code < 600)) continue;
    report({
      code: 'reject-code',
      at,
      severity: ERROR,
      message: `${code} is no code of a failure: in a delivery kumod bounces the message with it, and an SMTP client is told something else than was meant. Codes from 400 try again, from 500 refuse.`,
      page: PAGE,
    });
  }
};

function codeOf({ args: [code] }: ApiCall): number | undefined {
  if (code?.kind === 'Number') return code.value;
  return code?.kind === 'String' && /^\d+$/.test(code.value) ? Number(code.value) : undefined;
}

/** `error('550 …')` in a send: an error has no code, so kumod tries again. */
export const errorAsReject: Check = ({ evaluator, file, report }) => {
  const nodes = nodesOf(file.chunk);
  const sends = inFile(sendFunctionsOf(evaluator), file);
  if (sends.length === 0) return;
  for (const call of nodes.ofKind('Call')) {
    const [text] = call.args;
    if (text?.kind !== 'String' || call.callee.kind !== 'Name' || call.callee.name !== 'error') {
      continue;
    }
    const [, code, rest] = /^(5\d\d)[ -]\s*(\S.*)$/s.exec(text.value) ?? [];
    const fn = nodes.functionAround(call);
    if (code === undefined || rest === undefined || fn === undefined) continue;
    if (!sends.some(({ value }) => value.fn === fn)) continue;
    const kumo = file.bindings.visibleAt(call.start).some(({ name }) => name === 'kumo');
    report({
      code: 'error-as-reject',
      at: call,
      severity: WARNING,
      message: `An error carries no code: kumod logs TransientFailure 400 with this text, closes the connection and tries again. To bounce the message: \`kumo.reject(${code}, …)\`.`,
      page: PAGE,
      ...(kumo && call.args.length === 1 && /^(['"])/.test(file.text.slice(text.start))
        ? {
            fixes: [
              {
                title: `Reject with ${code}`,
                preferred: true as const,
                edits: [
                  { at: call.callee, newText: 'kumo.reject' },
                  {
                    at: call.argsSpan,
                    newText: `(${code}, ${file.text.slice(text.start, text.start + 1)}${file.text.slice(text.content.start, text.content.end).replace(/^5\d\d[ -]\s*/, '')}${file.text.slice(text.end - 1, text.end)})`,
                  },
                ],
              },
            ],
          }
        : {}),
    });
  }
};
