/** The differential suite against the RabbitMQ of another Debian release, beside the machine's own. */
import path from 'node:path';
import { prepare } from './prepare.mjs';
import { SetupProblem, fail, inProject, run } from './project.mjs';
import { ensureRabbitmqTree } from './rabbitmq-tree.mjs';

const suite = 'test/electron/amqp/differential';

try {
  const [folder = process.env.RABBITMQ_ROOT, ...tests] = process.argv.slice(2);
  if (folder === undefined || folder === '') {
    throw new SetupProblem(
      'Name the folder of the Debian tree, which is made when it is missing: npm run differential -- FOLDER [TEST…].',
    );
  }
  const tree = path.resolve(process.env.INIT_CWD ?? '.', folder);
  await ensureRabbitmqTree(tree);
  await prepare({ halves: ['node'] });
  const vitest = inProject('node_modules/vitest/vitest.mjs');
  const args = ['run', '--config=test/vitest.config.ts', ...(tests.length > 0 ? tests : [suite])];
  process.exitCode = await run(process.execPath, [vitest, ...args], {
    env: { RABBITMQ_ROOT: tree },
  });
} catch (problem) {
  fail(problem);
}
