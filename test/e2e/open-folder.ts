/** Opening another folder, as a person does. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './served-workbench.ts';

/** A folder by its path. */
export function openFolder(page: Page, folder: string): Promise<void> {
  return choose(page, async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Folder or .lua file' }).fill(folder);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  });
}

/** @param title of a sample, or a part of it */
export function openSample(page: Page, title: string): Promise<void> {
  return choose(page, (dialog) => dialog.getByRole('button', { name: new RegExp(title) }).click());
}

/** The dialog that opens a folder. */
export async function showOpenFolder(page: Page): Promise<Locator> {
  // Without an open file the editor's place has such a button too.
  const side = page.getByRole('region', { name: 'Policy folder' });
  await side.getByRole('button', { name: 'Open folder' }).click();
  return page.getByRole('dialog');
}

async function choose(page: Page, inDialog: (dialog: Locator) => Promise<void>): Promise<void> {
  const dialog = await showOpenFolder(page);
  await inDialog(dialog);
  await expect(dialog).toBeHidden();
}
