/** `--dialect`: which RabbitMQ the embedded broker is like. */
import {
  defaultDialect,
  dialectChanges,
  dialectNames,
  dialects,
  isDialectName,
} from '../amqp/embedded/dialects.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import type { ParsedArguments } from './arguments.ts';
import { UsageError } from './cli-error.ts';

export const DIALECT_HELP = `  --dialect NAME          which RabbitMQ the embedded broker is like: ${dialectNames.join(' or ')}
                          (default ${defaultDialect})`;

/** What the choice changes, for a command's help. */
export const DIALECT_CHANGES_HELP = `Dialects, and what changes with them:
${dialectChanges
  .map(({ title, says }) =>
    [
      `  ${title}`,
      ...dialectNames.map((name) => `    ${dialects[name].title}: ${says[name]}`),
    ].join('\n'),
  )
  .join('\n')}
`;

/** Undefined when it is not given. Throws `UsageError` for a name that is none. */
export function dialectOf(parsed: ParsedArguments): DialectName | undefined {
  const name = parsed.text('dialect');
  if (name === undefined || isDialectName(name)) return name;
  throw new UsageError(`--dialect ${name} is none; give ${dialectNames.join(' or ')}.`);
}
