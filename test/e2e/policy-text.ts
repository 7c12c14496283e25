/** The editor's text, as a person moves in it. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './served-workbench.ts';

/** What has the focus while one types into the editor. */
export function policyText(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Policy text' });
}

/** Puts the cursor there, and is back in the text. */
export async function goToLine(page: Page, line: number, column?: number): Promise<void> {
  await policyText(page).focus();
  await page.keyboard.press('Control+g');
  await page.keyboard.type(column === undefined ? `${line}` : `${line}:${column}`);
  await page.keyboard.press('Enter');
  await expect(policyText(page)).toBeFocused();
  await expect(page.getByRole('contentinfo')).toContainText(`Ln ${line}, Col ${column ?? ''}`);
}

export async function goToEnd(page: Page): Promise<void> {
  await policyText(page).focus();
  await page.keyboard.press('Control+End');
}
