/** What a broker can do with a publish, walked through in the window with the embedded broker's faults. */
import { expect, test } from './served-workbench.ts';

/** The words are those that cause-table-words.test.ts gets from RabbitMQ and the embedded broker. */
const CAUSES = [
  {
    fault: 'nack',
    broker: 'nacked',
    logs: 'Bounce 500',
    said: 'it did not take the message',
    why: 'The broker refused the message, most often because a queue is full',
  },
  {
    fault: 'close-channel:404',
    broker: 'failed',
    logs: 'TransientFailure 400',
    said: "broker refused: 404 NOT_FOUND - no exchange '' in vhost '/'",
    why: 'does not exist',
  },
  {
    fault: 'reset',
    broker: 'no confirm',
    logs: 'TransientFailure 400',
    said: 'broker did not confirm',
    why: 'Whether it kept the message is not known: look in the queue before sending it again.',
  },
  {
    fault: 'refuse',
    broker: 'failed',
    logs: 'TransientFailure 400',
    said: 'not sent: connect ECONNREFUSED',
    why: 'Start the broker or correct the host and port.',
  },
  {
    fault: 'auth',
    broker: 'failed',
    logs: 'TransientFailure 400',
    said: 'broker refused: 403 ACCESS_REFUSED - Login was refused',
    why: "refused the login of user 'guest'. Correct the user name or the password.",
  },
  {
    fault: 'vhost',
    broker: 'failed',
    logs: 'TransientFailure 400',
    said: 'broker refused: 530 NOT_ALLOWED',
    why: 'Create it, or correct the name.',
  },
];

test('each cause has its verdict, its record and its words', async ({ page, workbench }) => {
  test.slow();
  await page.goto(workbench.url);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText('make.amqp');
  await page.getByRole('button', { name: 'Brokers', exact: true }).click();
  const rows = page.getByRole('grid', { name: 'Deliveries' }).getByRole('row');
  const recording = page.getByRole('tabpanel', { name: 'Recording' });
  for (const [index, { fault, broker, logs, said, why }] of CAUSES.entries()) {
    await page.getByLabel('Fault rules').fill(fault);
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByRole('contentinfo')).toContainText(`Fault: ${fault}`);
    await page.getByRole('banner').getByRole('button', { name: 'Deliver' }).click();
    await expect(rows).toHaveCount(index + 2, { timeout: 20_000 });
    const newest = rows.nth(1);
    await expect(newest).toContainText(broker);
    await expect(newest).toContainText(logs);
    await newest.click();
    await expect(recording.getByRole('region', { name: 'What happened' })).toContainText(said);
    await expect(recording.getByRole('note').first()).toContainText(why);
  }
});
