import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { notify } from '../shell/notices-store.ts';
import { showWorkspace } from './follow-workspace.ts';
import { useWorkspace } from './workspace-store.ts';

/** Says what trust allows, and gives or takes it. */
export function TrustDialog({ onClose }: { readonly onClose: () => void }) {
  const workspace = useWorkspace((state) => state.workspace);
  if (!workspace) return null;
  const trusted = workspace.trust === 'trusted';

  async function change(): Promise<void> {
    try {
      const trust = trusted ? 'restricted' : 'trusted';
      await showWorkspace(await workbench.call('workspace.setTrust', { trust }));
      onClose();
    } catch (error) {
      notify(sentenceOf(error), 'fail');
    }
  }

  return (
    <Dialog
      title={trusted ? 'This folder is trusted' : 'This folder is restricted'}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            {trusted ? 'Keep trusting' : 'Stay restricted'}
          </button>
          <button type="button" className="button primary" onClick={() => void change()}>
            {trusted ? 'Restrict this folder' : 'Trust this folder'}
          </button>
        </>
      }
    >
      <div className="dialog-body">
        <p className="dialog-text">
          Scripts in <strong className="mono">{workspace.root}</strong> run on this machine. Trust
          the folder when you know who wrote them.
        </p>
        <div className="trust-table" role="table" aria-label="What trust allows">
          <TrustRow cells={['', 'Restricted', 'Trusted']} header />
          <TrustRow cells={['Brokers', 'the embedded one', 'any that you choose']} />
          <TrustRow cells={['Network', 'none', 'the active broker']} />
          <TrustRow cells={['Environment', 'os.getenv knows nothing', 'the list in Settings']} />
          <TrustRow cells={['Programs, other files', 'never', 'never']} />
        </div>
      </div>
    </Dialog>
  );
}

function TrustRow({
  cells,
  header,
}: {
  readonly cells: readonly string[];
  readonly header?: true;
}) {
  return (
    <div role="row" style={{ display: 'contents' }}>
      {cells.map((cell, index) => (
        <span
          key={index}
          role={header ? 'columnheader' : index === 0 ? 'rowheader' : 'cell'}
          className={header || index === 0 ? 'dim' : ''}
        >
          {cell}
        </span>
      ))}
    </div>
  );
}
