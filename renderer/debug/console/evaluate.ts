import { sentenceOf } from '../../bridge/workbench-bridge.ts';
import { addConsoleLine } from '../session/debug-output.ts';
import { currentClient } from '../session/current-client.ts';
import type { DapClient } from '../session/dap-client.ts';
import { showStopAgain } from '../session/show-stop.ts';
import { useSession } from '../session/session-store.ts';

/** As many fields of a result are told. */
const mostFields = 50;

async function withFields(client: DapClient, result: string, ref: number): Promise<string> {
  if (ref === 0) return result;
  const { variables } = await client.request('variables', {
    variablesReference: ref,
    start: 0,
    count: mostFields + 1,
  });
  const fields = variables.slice(0, mostFields).map(({ name, value }) => `  ${name} = ${value}`);
  return [result, ...fields, ...(variables.length > mostFields ? ['  …'] : [])].join('\n');
}

/** Runs what was typed in the selected frame; question and answer go into the console. */
export async function evaluateInConsole(expression: string): Promise<void> {
  const client = currentClient();
  if (!client) return;
  addConsoleLine({ level: 'info', source: 'workbench', text: expression, dialogue: 'asked' });
  const { frameId } = useSession.getState();
  try {
    const body = await client.request('evaluate', {
      expression,
      context: 'repl',
      ...(frameId === undefined ? {} : { frameId }),
    });
    const text = await withFields(client, body.result, body.variablesReference);
    addConsoleLine({ level: 'info', source: 'workbench', text, dialogue: 'answered' });
    // It may have changed what the panel shows.
    await showStopAgain();
  } catch (error) {
    addConsoleLine({
      level: 'error',
      source: 'workbench',
      text: sentenceOf(error),
      dialogue: 'answered',
    });
  }
}
