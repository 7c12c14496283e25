import { create } from 'zustand';

export type SideView = 'files' | 'search' | 'scenarios' | 'brokers';
export type BottomView =
  'deliveries' | 'problems' | 'console' | 'debugger' | 'coverage' | 'profile' | 'topology' | 'wire';
export type AnswerView = 'simulate' | 'recording';
export type DialogName =
  | 'quick-open'
  | 'symbols'
  | 'open-folder'
  | 'new-file'
  | 'save-scenario'
  | 'log-line'
  | 'trust'
  | 'settings'
  | 'shortcuts';

interface LayoutState {
  readonly side: SideView;
  readonly bottom: BottomView;
  readonly answer: AnswerView;
  readonly dialog: DialogName | undefined;
  readonly connected: boolean;
}

export const useLayout = create<LayoutState>()(() => ({
  side: 'files',
  bottom: 'deliveries',
  answer: 'simulate',
  dialog: undefined,
  connected: true,
}));

export const showSide = (side: SideView): void => useLayout.setState({ side });
export const showBottom = (bottom: BottomView): void => useLayout.setState({ bottom });
export const showAnswer = (answer: AnswerView): void => useLayout.setState({ answer });
export const showDialog = (dialog: DialogName): void => useLayout.setState({ dialog });
export const closeDialog = (): void => useLayout.setState({ dialog: undefined });
