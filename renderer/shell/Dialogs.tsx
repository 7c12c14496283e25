import { Suspense } from 'react';
// Not lazy where a person types first of all: it would go into the editor while the dialog loads.
import { LogLineDialog } from '../log-lines/LogLineDialog.tsx';
import { SaveScenarioDialog } from '../scenarios/SaveScenarioDialog.tsx';
import { NewFileDialog } from '../workspace/NewFileDialog.tsx';
import { OpenFolderDialog } from '../workspace/OpenFolderDialog.tsx';
import { closeDialog, useLayout } from './layout-store.ts';
import { lazyDialog } from './lazy-part.tsx';
import { QuickOpen } from './QuickOpen.tsx';

const TrustDialog = lazyDialog(
  async () => (await import('../workspace/TrustDialog.tsx')).TrustDialog,
);
const SettingsDialog = lazyDialog(
  async () => (await import('../settings/SettingsDialog.tsx')).SettingsDialog,
);

/** The one dialog that is open. */
export function Dialogs() {
  const dialog = useLayout((state) => state.dialog);
  return (
    <Suspense>
      {dialog === 'quick-open' && <QuickOpen onClose={closeDialog} />}
      {dialog === 'symbols' && <QuickOpen onClose={closeDialog} begin="#" />}
      {dialog === 'open-folder' && <OpenFolderDialog onClose={closeDialog} />}
      {dialog === 'new-file' && <NewFileDialog onClose={closeDialog} />}
      {dialog === 'save-scenario' && <SaveScenarioDialog onClose={closeDialog} />}
      {dialog === 'log-line' && <LogLineDialog onClose={closeDialog} />}
      {dialog === 'trust' && <TrustDialog onClose={closeDialog} />}
      {dialog === 'settings' && <SettingsDialog onClose={closeDialog} />}
    </Suspense>
  );
}
