/**
 * The manifest of an extension that makes the debugger known to VS Code: it holds no code, because
 * VS Code starts a debug adapter that is a program by itself (VS Code API, "contributes.debuggers").
 */
import { dialectNames } from '../amqp/embedded/dialects.ts';

interface AdapterProgram {
  /** Absolute paths. */
  readonly runtime: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly version: string;
}

const text = (description: string) => ({ type: 'string', description });
const flag = (description: string, standard: boolean) => ({
  type: 'boolean',
  description,
  default: standard,
});

const LAUNCH_PROPERTIES = {
  program: text('The policy: a .lua file, or a folder with init.lua.'),
  queue: text('Delivers messages through this scheduled queue.'),
  data: text('The file with the message as it is, headers and all.'),
  sender: text('The envelope sender.'),
  recipient: text('The envelope recipient; several separated by commas.'),
  meta: { type: 'object', description: 'The metadata of the message.' },
  id: text('The id of the first message, which tells its age: 32 hexadecimal digits.'),
  numAttempts: { type: 'integer', minimum: 0, description: 'Attempts before this one.' },
  count: { type: 'integer', minimum: 1, description: 'How many messages.', default: 1 },
  event: text('Fires the handler of this event and delivers nothing.'),
  args: { type: 'array', description: 'The arguments of the event.' },
  recording: text('A finished run: a file that `deliver --json` wrote.'),
  broker: text('embedded, an AMQP URL, as-written or the name of a broker profile.'),
  fault: text('Of the embedded broker: nack, unroutable, silent, delay:MS, …'),
  dialect: {
    type: 'string',
    enum: [...dialectNames],
    description: 'Which RabbitMQ the embedded broker is like.',
  },
  engine: { type: 'string', enum: ['lua54', 'fengari'], default: 'lua54' },
  kumomta: text('The KumoMTA release that the policy is written for.'),
  stopOnEntry: flag('Stand still before the first line.', false),
  stopOnEnd: flag('Stand still when the run is over, to go back from there.', false),
};

const EXAMPLE = {
  type: 'kumo',
  request: 'launch',
  name: 'Deliver a message',
  program: '${workspaceFolder}/init.lua',
  queue: 'example.com',
};

export function vscodeManifest({ runtime, program, args, version }: AdapterProgram): object {
  return {
    name: 'kumo-policy-debug',
    displayName: 'KumoMTA policy debugger',
    publisher: 'kumo-policy-workbench',
    version,
    license: 'MIT',
    engines: { vscode: '^1.70.0' },
    categories: ['Debuggers'],
    contributes: {
      breakpoints: [{ language: 'lua' }],
      debuggers: [
        {
          type: 'kumo',
          label: 'KumoMTA policy',
          languages: ['lua'],
          runtime,
          program,
          args: [...args],
          configurationAttributes: {
            launch: { required: ['program'], properties: LAUNCH_PROPERTIES },
          },
          initialConfigurations: [EXAMPLE],
          configurationSnippets: [
            { label: 'KumoMTA: deliver a message', body: EXAMPLE },
            {
              label: 'KumoMTA: fire an event',
              body: {
                type: 'kumo',
                request: 'launch',
                name: 'Fire get_queue_config',
                program: '${workspaceFolder}/init.lua',
                event: 'get_queue_config',
                args: ['example.com'],
              },
            },
          ],
        },
      ],
    },
  };
}
