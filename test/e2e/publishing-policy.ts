/** A folder with a policy that publishes without waiting, as kumod does. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openFolder } from './open-folder.ts';
import { expect } from './served-workbench.ts';
import type { ServedWorkbench } from './served-workbench.ts';

/** Every queue goes to `constructor`, whose `send` publishes to `routingKey`. */
export function publishingPolicy(constructor: string, routingKey: string): string {
  return `local kumo = require 'kumo'

kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = '${constructor}' } } }
end)

kumo.on('${constructor}', function()
  local sender = {}
  function sender:send(message)
    kumo.amqp.basic_publish {
      routing_key = '${routingKey}',
      payload = message:get_data(),
      connection = { host = 'mq.customer.example' },
    }
    return '250 ok'
  end
  return sender
end)
`;
}

/** Opens it as init.lua of a folder of its own; answers the folder. */
export async function openPolicy(
  page: Page,
  { url, home }: Pick<ServedWorkbench, 'url' | 'home'>,
  policy: string,
  constructor: string,
): Promise<string> {
  const folder = path.join(home, 'policy');
  await mkdir(folder);
  await writeFile(path.join(folder, 'init.lua'), policy);
  await page.goto(url);
  await openFolder(page, folder);
  await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(constructor);
  return folder;
}
