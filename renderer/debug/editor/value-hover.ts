import { monaco } from '../../editor/monaco.ts';
import { currentClient } from '../session/current-client.ts';
import { selectedFrame, useSession } from '../session/session-store.ts';
import { expressionAt } from './lua-names.ts';
import { coveredLineAt } from '../line-coverage/coverage-gutter.ts';
import { valueLines } from '../line-coverage/coverage-words.ts';

/** As many fields of a table are told in a hover. */
const mostFields = 12;

/** A fence that the text itself cannot close. */
function asCode(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}lua\n${text}\n${fence}`;
}

async function valueOf(expression: string): Promise<string | undefined> {
  const client = currentClient();
  const frame = selectedFrame(useSession.getState());
  if (!client || !frame || useSession.getState().phase !== 'stopped') return undefined;
  try {
    const body = await client.request('evaluate', {
      expression,
      context: 'hover',
      frameId: frame.id,
    });
    const head = `${expression} = ${body.result}`;
    if (body.variablesReference === 0) return head;
    const { variables } = await client.request('variables', {
      variablesReference: body.variablesReference,
      start: 0,
      count: mostFields + 1,
    });
    const fields = variables.slice(0, mostFields).map(({ name, value }) => `  ${name} = ${value}`);
    return [head, ...fields, ...(variables.length > mostFields ? ['  …'] : [])].join('\n');
  } catch {
    // Not every word is an expression, and not every expression has a value here.
    return undefined;
  }
}

/** The values that a variable took on a line in the run whose coverage is shown. */
function pastValues(
  model: monaco.editor.ITextModel,
  line: number,
  name: string,
): string | undefined {
  const covered = coveredLineAt(model.uri.path.slice(1), line);
  const taken = covered?.values.find((value) => value.name === name);
  if (!covered || !taken) return undefined;
  return valueLines({ ...covered, values: [taken] }).join('\n');
}

/** The value of what is under the mouse, while the script stands still. */
export function provideValueHovers(): void {
  monaco.languages.registerHoverProvider('lua', {
    async provideHover(model, { lineNumber, column }) {
      const found = expressionAt(model.getLineContent(lineNumber), column);
      const value =
        found &&
        ((await valueOf(found.expression)) ?? pastValues(model, lineNumber, found.expression));
      if (!found || value === undefined) return undefined;
      return {
        range: {
          startLineNumber: lineNumber,
          endLineNumber: lineNumber,
          startColumn: found.from,
          endColumn: found.to,
        },
        contents: [{ value: asCode(value) }],
      };
    },
  });
}
