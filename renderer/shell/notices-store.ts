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

/** Says one sentence at the foot of the window, read aloud by screen readers. */
export function notify(text: string, tone: Notice['tone'] = 'info'): void {
  lastId += 1;
  const notice = { id: lastId, tone, text };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.text !== text).slice(-2), notice],
  }));
  if (tone === 'info') setTimeout(() => dismissNotice(notice.id), newsStaysMs);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((n) => n.id !== id) }));
}
