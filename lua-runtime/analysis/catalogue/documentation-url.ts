/** Where KumoMTA's documentation is published. */
export const DOCUMENTATION = 'https://docs.kumomta.com/';

/** The public address of a page of KumoMTA's documentation, from its path under `docs/`. */
export function documentationUrl(page: string): string {
  return DOCUMENTATION + page.replace(/(?:\/_?index)?\.md$/, '/').replace(/^_?index\.md$/, '');
}
