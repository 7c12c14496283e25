import { Suspense, useSyncExternalStore } from 'react';
import { ConsoleActions } from '../console/ConsoleActions.tsx';
import { TabList } from '../controls/TabList.tsx';
import { CoverageActions } from '../debug/line-coverage/CoverageActions.tsx';
import { ProfileActions } from '../debug/profile/ProfileActions.tsx';
import { useSession } from '../debug/session/session-store.ts';
import { DeliveriesActions } from '../deliveries/DeliveriesActions.tsx';
import { deliveryWindow } from '../deliveries/deliveries-store.ts';
import { ProblemsPanel } from '../problems/ProblemsPanel.tsx';
import { useProblemList } from '../problems/problem-list.ts';
import { TopologyActions } from '../topology/TopologyActions.tsx';
import { WireActions } from '../wire/WireActions.tsx';
import { formatCount } from '../wording/quantities.ts';
import { showBottom, useLayout } from './layout-store.ts';
import { lazyPart } from './lazy-part.tsx';

const DeliveriesPanel = lazyPart(
  async () => (await import('../deliveries/DeliveriesPanel.tsx')).DeliveriesPanel,
);
const TopologyPanel = lazyPart(
  async () => (await import('../topology/TopologyPanel.tsx')).TopologyPanel,
);
const WirePanel = lazyPart(async () => (await import('../wire/WirePanel.tsx')).WirePanel);
const ConsolePanel = lazyPart(
  async () => (await import('../console/ConsolePanel.tsx')).ConsolePanel,
);
const CoveragePanel = lazyPart(
  async () => (await import('../debug/line-coverage/CoveragePanel.tsx')).CoveragePanel,
);
const ProfilePanel = lazyPart(
  async () => (await import('../debug/profile/ProfilePanel.tsx')).ProfilePanel,
);
const DebugToolbar = lazyPart(
  async () => (await import('../debug/panel/DebugToolbar.tsx')).DebugToolbar,
);
const DebuggerPanel = lazyPart(
  async () => (await import('../debug/panel/DebuggerPanel.tsx')).DebuggerPanel,
);

/** Below the text: what is happening. */
export function BottomPanel() {
  const shown = useLayout((state) => state.bottom);
  const isDebugging = useSession((state) => state.phase !== 'none');
  const problems = useProblemList().length;
  const { counts } = useSyncExternalStore(deliveryWindow.subscribe, deliveryWindow.getView);
  return (
    <section className="bottom" aria-label="What is happening">
      <div className="tabs">
        <TabList
          name="bottom"
          label="What is happening"
          active={shown}
          onSelect={showBottom}
          tabs={[
            {
              id: 'deliveries',
              label: (
                <>
                  Deliveries{' '}
                  {counts.total > 0 && <span className="count">{formatCount(counts.total)}</span>}
                </>
              ),
            },
            {
              id: 'problems',
              label: (
                <>
                  Problems {problems > 0 && <span className="count">{formatCount(problems)}</span>}
                </>
              ),
            },
            { id: 'topology', label: 'Topology' },
            { id: 'wire', label: 'Wire' },
            { id: 'console', label: 'Console' },
            { id: 'debugger', label: 'Debugger' },
            { id: 'coverage', label: 'Coverage' },
            { id: 'profile', label: 'Profile' },
          ]}
        />
        <div className="tabs-after">
          {shown === 'deliveries' && <DeliveriesActions counts={counts} />}
          {shown === 'topology' && <TopologyActions />}
          {shown === 'wire' && <WireActions />}
          {shown === 'console' && <ConsoleActions />}
          {shown === 'coverage' && <CoverageActions />}
          {shown === 'profile' && <ProfileActions />}
        </div>
      </div>
      {isDebugging && (
        <Suspense>
          <DebugToolbar />
        </Suspense>
      )}
      <div
        className="panel-body"
        role="tabpanel"
        id="bottom-panel"
        aria-labelledby={`bottom-tab-${shown}`}
      >
        <Suspense>
          {shown === 'deliveries' && <DeliveriesPanel />}
          {shown === 'problems' && <ProblemsPanel />}
          {shown === 'topology' && <TopologyPanel />}
          {shown === 'wire' && <WirePanel />}
          {shown === 'console' && <ConsolePanel />}
          {shown === 'debugger' && <DebuggerPanel />}
          {shown === 'coverage' && <CoveragePanel />}
          {shown === 'profile' && <ProfilePanel />}
        </Suspense>
      </div>
    </section>
  );
}
