/**
 * Findings in KumoMTA's own Lua that stand: what it says there is not what kumod does. Each is argued
 * from KumoMTA's source; one that is not found any more is told too.
 */
export interface Dispute {
  /** As the table names it: a path in the checkout, or a page and the line of its snippet. */
  readonly program: string;
  readonly code: string;
  readonly why: string;
}

const SHOW_CONTEXT =
  'A real slip: show_context is a function of the handler and is declared without `local`. It becomes a global that holds the variables of the last run.';
const NO_SUB_MODULE =
  'A real slip: crates/config/src/lib.rs hangs sub-modules on the table of kumo and puts only kumo itself into package.loaded, so require finds no such module.';

export const DISPUTED: readonly Dispute[] = [
  { program: 'assets/policy-extras/dkim_sign.lua', code: 'accidental-global', why: SHOW_CONTEXT },
  {
    program: 'assets/policy-extras/listener_domains.lua',
    code: 'accidental-global',
    why: SHOW_CONTEXT,
  },
  { program: 'assets/policy-extras/queue.lua', code: 'accidental-global', why: SHOW_CONTEXT },
  { program: 'assets/policy-extras/shaping.lua', code: 'accidental-global', why: SHOW_CONTEXT },
  { program: 'assets/policy-extras/sources.lua', code: 'accidental-global', why: SHOW_CONTEXT },
  {
    program: 'assets/policy-extras/typing.lua',
    code: 'undefined-global',
    why: 'A real slip: where validate_value fails, `make_simple_ctor` raises a name that no local of that function has, so the error is nil. The second result, which holds the reason, has another name there.',
  },
  {
    program: 'assets/policy-extras/typing.lua',
    code: 'accidental-global',
    why: 'A real slip: `variant` assigns its name without `local`, so the last one made stays in the globals of the context.',
  },
  {
    program: 'assets/policy-extras/shaping.lua:12',
    code: 'syntax',
    why: 'A real slip: the JSON in the comment has comments. crates/kumo-api-types/src/shaping.rs reads shaping files with serde_json alone; only kumo.json_load, which the other helpers use, takes comments out.',
  },
  {
    program: 'crates/integration-tests/rewrite-ok.lua',
    code: 'undefined-global',
    why: 'A real slip that does no harm: the handler has no `message`, kumo.log_info prints nil for it.',
  },
  {
    program: 'crates/integration-tests/source-inspect.lua',
    code: 'send-without-string',
    why: 'True and meant: the test is about a send that hangs. Should it come back, kumod would log the conversion error and try again.',
  },
  {
    program: 'crates/integration-tests/source-watchdog.lua',
    code: 'send-without-string',
    why: 'True and meant: the test is about a send that never comes back, which the watchdog has to end.',
  },
  {
    program: 'crates/integration-tests/source-nats.lua',
    code: 'client-per-message',
    why: 'True: each message opens a connection of its own. A test of one message may do that; the documentation of webhooks puts the client into the constructor.',
  },
  {
    program: 'crates/integration-tests/source-nats.lua',
    code: 'accidental-global',
    why: 'A real slip: the result of publish is assigned without `local`.',
  },
  {
    program: 'crates/integration-tests/spf-basic.lua',
    code: 'accidental-global',
    why: 'A real slip: only init uses the zones, and they are assigned without `local`.',
  },
  {
    program: 'crates/message/test_legacy_jp_encodings.lua',
    code: 'changed-after-signing',
    why: 'True, and the test says in a comment that the signature is broken by it and that it does not matter there.',
  },
  {
    program: 'docs/reference/kumo.crypto/aws_sign_v4.md:55',
    code: 'undefined-global',
    why: 'A real slip: no `http` is defined in the program, so its last statement raises "attempt to index a nil value".',
  },
  {
    program: 'docs/reference/kumo.crypto/aws_sign_v4.md:116',
    code: 'unknown-module',
    why: NO_SUB_MODULE,
  },
  {
    program: 'docs/reference/kumo.crypto/aws_sign_v4.md:161',
    code: 'unknown-module',
    why: NO_SUB_MODULE,
  },
];
