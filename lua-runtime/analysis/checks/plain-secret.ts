/** Passwords, tokens and keys that stand in the policy: everybody who reads it has them. */
import { fieldName, fieldOf } from '../syntax/field-names.ts';
import { nodesOf } from '../syntax/node-index.ts';
import type { Expression, StringExpression } from '../syntax/syntax-tree.ts';
import { apiCallsOf, type ApiCall } from '../values/api-calls.ts';
import { WARNING, type Check, type CheckContext } from './check.ts';

/** Fields whose value is a secret, in the tables that KumoMTA's functions take. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'password',
  'sasl.password',
  'secret_key',
  'session_token',
  'smtp_auth_plain_password',
  'socks5_proxy_password',
  'token',
  'vault_token',
]);
/** A string as such names a file there; the secret would be in `key_data`. */
const KEY_SOURCES: ReadonlySet<string> = new Set([
  'secret_key',
  'session_token',
  'smtp_auth_plain_password',
  'socks5_proxy_password',
]);
/** Whose secrets nobody has to hide. */
const PLACEHOLDER =
  /^$|^(?:guest|secret|password|pass|pw|test|token|none)$|example|changeme|change.me|placeholder|your|dummy|xxx|<.*>|\{\{/i;

export const plainSecret: Check = (context) => {
  const { evaluator, file, report } = context;
  const found = new Set<StringExpression>();
  const tell = (value: Expression | undefined): void => {
    if (value?.kind !== 'String' || PLACEHOLDER.test(value.value) || found.has(value)) return;
    found.add(value);
    report({
      code: 'plain-secret',
      at: value,
      severity: WARNING,
      message:
        'This secret stands in the policy: whoever reads the file, its history or a copy that is sent on has it. Take it from the environment (`os.getenv`), a file or a vault.',
      page: 'reference/keysource.md',
    });
  };
  const calls = apiCallsOf(evaluator);
  for (const each of calls.in(file)) {
    for (const argument of each.args) secretsIn(context, argument, tell);
    for (const value of secretArguments(each)) tell(value);
  }
  for (const text of nodesOf(file.chunk).ofKind('String')) {
    if (/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/]{20}/.test(text.value)) tell(text);
  }
};

/** Secrets in the fields of a table, and of tables in it. */
function secretsIn(
  { evaluator, file }: CheckContext,
  argument: Expression,
  tell: (value: Expression | undefined) => void,
  depth = 0,
): void {
  const values = argument.kind === 'Table' ? [] : evaluator.valuesOf(file, argument);
  const [only] = values;
  const table =
    argument.kind === 'Table'
      ? argument
      : values.length === 1 && only?.kind === 'table' && only.file === file
        ? only.table
        : undefined;
  if (table === undefined || depth > 3) return;
  for (const field of table.fields) {
    const name = fieldName(field);
    const { value } = field;
    if (name !== undefined && SECRET_FIELDS.has(name)) {
      if (value.kind === 'Table') tell(fieldOf(value, 'key_data'));
      else if (!KEY_SOURCES.has(name)) tell(value);
    } else secretsIn({ evaluator, file } as CheckContext, value, tell, depth + 1);
  }
}

/** Arguments that are secrets themselves, or addresses with one inside. */
function secretArguments({ fullName, args }: ApiCall): (Expression | undefined)[] {
  const [first, second] = args;
  switch (fullName) {
    case 'HttpRequest:basic_auth':
      return [second];
    case 'HttpRequest:bearer_auth':
      return [first];
    case 'HttpRequest:header':
      return first?.kind === 'String' &&
        /^authorization$/i.test(first.value) &&
        second?.kind === 'String' &&
        /^(?:basic|bearer)\s+\S{8}/i.test(second.value)
        ? [second]
        : [];
    case 'kumo.amqp.build_client': {
      const password =
        first?.kind === 'String'
          ? /^amqps?:\/\/[^:@/]*:([^@/]*)@/.exec(first.value)?.[1]
          : undefined;
      return password === undefined || PLACEHOLDER.test(password) ? [] : [first];
    }
    default:
      return [];
  }
}
