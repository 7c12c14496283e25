/** A queue whose constructor nothing registers: every delivery fails (lua_deliver.rs 151-187). */
import { catalogue } from '../catalogue/catalogue.ts';
import { inFile } from '../values/by-file.ts';
import { ERROR, type Check } from './check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';

export const constructorHandler: Check = ({ evaluator, file, report }) => {
  const { registrations } = evaluator.roles;
  // A handler whose name the text does not tell may be the one.
  if (registrations.some(({ event }) => event === undefined)) return;
  const names = registrations.flatMap(({ event }) => event ?? []);
  for (const { table } of inFile(evaluator.roles.protocols, file)) {
    for (const field of table.fields) {
      if (field.kind !== 'NamedField' || field.name !== 'constructor') continue;
      const { value } = field;
      if (value.kind !== 'String' || names.includes(value.value)) continue;
      if (isRegisteredByHelper(value.value, evaluator.program.files.values())) continue;
      const meant = nearestName(
        value.value,
        names.filter((name) => !catalogue.events.some((event) => event.name === name)),
      );
      report({
        code: 'constructor-without-handler',
        at: value,
        severity: ERROR,
        message:
          `No handler is registered for '${value.value}', so every message of the queue fails with "error converting Lua nil to function" and is tried again until it expires.` +
          (meant === undefined ? '' : ` Did you mean '${meant}'?`),
        page: 'reference/kumo/make_queue_config/protocol.md',
        ...(meant === undefined
          ? {}
          : {
              fixes: [
                {
                  title: `Change to '${meant}'`,
                  preferred: true,
                  edits: [{ at: value.content, newText: meant }],
                },
              ],
            }),
      });
    }
  }
};

/** `log_hooks:new { name = 'x' }` registers `make.x` (policy-extras log_hooks.lua 177-189). */
function isRegisteredByHelper(event: string, files: Iterable<{ readonly text: string }>): boolean {
  if (!event.startsWith('make.')) return false;
  const name = event.slice('make.'.length);
  return [...files].some(({ text }) => text.includes('log_hooks') && text.includes(name));
}
