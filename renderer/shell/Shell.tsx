import { Suspense, useState } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { EditorPane } from '../editor/EditorPane.tsx';
// Not lazy: what is typed right after its key would go into the editor while it loads.
import { SearchPanel } from '../search/SearchPanel.tsx';
import { WorkspacePanel } from '../workspace/WorkspacePanel.tsx';
import { AnswerPanel } from './AnswerPanel.tsx';
import { BottomPanel } from './BottomPanel.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Notices } from './Notices.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useLayout } from './layout-store.ts';
import { lazyPart } from './lazy-part.tsx';
import './shell.css';

const BrokersPanel = lazyPart(
  async () => (await import('../brokers/BrokersPanel.tsx')).BrokersPanel,
);

const ScenariosPanel = lazyPart(
  async () => (await import('../scenarios/ScenariosPanel.tsx')).ScenariosPanel,
);
const sideNames = {
  files: 'Files',
  search: 'Search',
  scenarios: 'Scenarios',
  brokers: 'Brokers',
} as const;

function Middle({ height }: { readonly height: number }) {
  const layout = useDefaultLayout({ id: 'workbench-rows', onlySaveAfterUserInteractions: true });
  return (
    <Group orientation="vertical" {...layout}>
      <Panel id="editor" minSize={120}>
        <EditorPane />
      </Panel>
      <Separator className="separator" aria-label="Height of the editor" />
      <Panel
        id="bottom"
        defaultSize={height}
        minSize={110}
        groupResizeBehavior="preserve-pixel-size"
      >
        <BottomPanel />
      </Panel>
    </Group>
  );
}

/** Sizes of the first start, in pixels; later ones are as the person left them. */
function firstSizes(): { readonly side: number; readonly answer: number; readonly bottom: number } {
  const wide = window.innerWidth >= 1700;
  const narrow = window.innerWidth < 1400;
  return {
    side: narrow ? 192 : wide ? 256 : 212,
    answer: narrow ? 344 : wide ? 440 : 372,
    bottom: Math.min(Math.max(Math.round(window.innerHeight * 0.35), 240), 420),
  };
}

/** The window. */
export function Shell() {
  const side = useLayout((state) => state.side);
  const [sizes] = useState(firstSizes);
  const layout = useDefaultLayout({ id: 'workbench-columns', onlySaveAfterUserInteractions: true });
  return (
    <div className="window">
      <TitleBar />
      <ConnectionBanner />
      <div className="window-body">
        <Rail />
        <main className="columns">
          <Group orientation="horizontal" {...layout}>
            <Panel
              id="side"
              defaultSize={sizes.side}
              minSize={160}
              groupResizeBehavior="preserve-pixel-size"
            >
              <section className="side" aria-label={sideNames[side]}>
                <Suspense>
                  {side === 'files' && <WorkspacePanel />}
                  {side === 'search' && <SearchPanel />}
                  {side === 'scenarios' && <ScenariosPanel />}
                  {side === 'brokers' && <BrokersPanel />}
                </Suspense>
              </section>
            </Panel>
            <Separator className="separator" aria-label="Width of the left side" />
            <Panel id="middle" minSize={320}>
              <div className="middle">
                <Middle height={sizes.bottom} />
              </div>
            </Panel>
            <Separator className="separator" aria-label="Width of the right side" />
            <Panel
              id="answer"
              defaultSize={sizes.answer}
              minSize={280}
              groupResizeBehavior="preserve-pixel-size"
            >
              <AnswerPanel />
            </Panel>
          </Group>
        </main>
      </div>
      <StatusBar />
      <Notices />
      <Dialogs />
    </div>
  );
}
