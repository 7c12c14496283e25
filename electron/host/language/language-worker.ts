/** The program of the language service's thread; bundled to dist/host/language-worker.js. */
import { parentPort } from 'node:worker_threads';
import { LanguageService } from '../../../lua-runtime/analysis/service/language-service.ts';
import type { LanguageCommand, LanguageMessage } from './language-messages.ts';
import { WorkspaceTexts } from './workspace-texts.ts';

if (parentPort === null) throw new Error('The language service runs in a worker thread only.');
const port = parentPort;
const post = (message: LanguageMessage): void => port.postMessage(message);
const service = new LanguageService();
const texts = new WorkspaceTexts(service);

async function take(command: LanguageCommand): Promise<void> {
  switch (command.kind) {
    case 'workspace':
      service.setPolicy(command.policyFile);
      await texts.open(command.root, command.files);
      break;
    case 'options':
      service.setOptions(command.options);
      break;
    case 'last-run':
      service.setLastRun(command.lastRun);
      break;
    case 'changed':
      await texts.changed(command.path);
      break;
    case 'text':
      await texts.edit(command.path, command.text);
      break;
    case 'request': {
      const { id, request } = command;
      try {
        post({ kind: 'answer', id, answer: service.answer(request) });
      } catch (error) {
        const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
        post({ kind: 'failed', id, problem });
      }
    }
  }
}

// One after the other: an answer is about the texts that were told before it was asked.
let last: Promise<void> = Promise.resolve();
port.on('message', (command: LanguageCommand) => {
  last = last.then(() => take(command));
});
