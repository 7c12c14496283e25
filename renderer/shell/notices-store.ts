import { create } from 'zustand';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'fail';
  readonly text: string;
}

export const useNotices = create<{ notices: readonly Notice[] }>()(() => ({ notices: [] }));

let lastId = 0;
/** Failures stay until they are dismissed; news goes by itself. */
const newsStaysMs = 6000;

/**
 * Says one sentence at the foot of the window, read aloud by screen readers.
 *
 * @param options `stays`: until it is dismissed, also when it is news
 */
export function notify(
  text: string,
  tone: Notice['tone'] = 'info',
  { stays = tone === 'fail' }: { readonly stays?: boolean } = {},
): void {
  lastId += 1;
  const notice = { id: lastId, tone, text };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.text !== text).slice(-2), notice],
  }));
  if (!stays) setTimeout(() => dismissNotice(notice.id), newsStaysMs);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((n) => n.id !== id) }));
}
