/**
 * The metadata that a queue name is made of must be text: kumod raises an error when it reads another type
 * (KumoMTA crates/message/src/message.rs 932-991).
 */
import { apiCallsOf } from '../values/api-calls.ts';
import { knownText } from '../values/value.ts';
import { ERROR, type Check } from './check.ts';

const NAMING: ReadonlySet<string> = new Set(['queue', 'tenant', 'campaign', 'routing_domain']);
const WRONG: ReadonlySet<string> = new Set(['number', 'boolean', 'table', 'array']);

export const queueMetadata: Check = ({ evaluator, file, report }) => {
  for (const { file: where, args } of apiCallsOf(evaluator).to('Message:set_meta')) {
    const [name, value] = args;
    if (where !== file || name === undefined || value === undefined) continue;
    const meta = knownText(evaluator.valuesOf(file, name));
    if (meta === undefined || !NAMING.has(meta)) continue;
    const values = evaluator.valuesOf(file, value);
    const [first] = values;
    if (first === undefined || !values.every(({ kind }) => WRONG.has(kind))) continue;
    const type = first.kind === 'array' ? 'table' : first.kind;
    report({
      code: 'meta-not-text',
      at: value,
      severity: ERROR,
      message: `\`${meta}\` is part of the queue's name and must be text, and this is a ${type}: kumod raises "expected '${meta}' to be a string value" and does not take the message.`,
      page: 'reference/queues.md',
      ...(first.kind === 'number'
        ? {
            fixes: [
              {
                title: 'Make it text',
                preferred: true as const,
                edits: [
                  {
                    at: value,
                    newText:
                      value.kind === 'Number'
                        ? `'${file.text.slice(value.start, value.end)}'`
                        : `tostring(${file.text.slice(value.start, value.end)})`,
                  },
                ],
              },
            ],
          }
        : {}),
    });
  }
};
