import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { notify } from '../shell/notices-store.ts';
import { showWorkspace } from './follow-workspace.ts';
import { useWorkspace } from './workspace-store.ts';

const permissions = [
  { subject: 'Brokers', restricted: 'the embedded one', trusted: 'any that you choose' },
  { subject: 'Network', restricted: 'none', trusted: 'the active broker' },
  { subject: 'Environment', restricted: 'empty', trusted: 'the list in Settings' },
  { subject: 'Programs and files elsewhere', restricted: 'never', trusted: 'never' },
];

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
        <table className="trust-table">
          <thead>
            <tr>
              <td />
              <th scope="col">Restricted</th>
              <th scope="col">Trusted</th>
            </tr>
          </thead>
          <tbody>
            {permissions.map(({ subject, restricted, trusted: allowed }) => (
              <tr key={subject}>
                <th scope="row">{subject}</th>
                <td>{restricted}</td>
                <td>{allowed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
