import { Suspense } from 'react';
import { closeDialog, useLayout } from './layout-store.ts';
// Not lazy: what is typed right after its key would go into the editor while it loads.
import { QuickOpen } from './QuickOpen.tsx';
import { lazyDialog } from './lazy-part.tsx';

const OpenFolderDialog = lazyDialog(
  async () => (await import('../workspace/OpenFolderDialog.tsx')).OpenFolderDialog,
);
const NewFileDialog = lazyDialog(
  async () => (await import('../workspace/NewFileDialog.tsx')).NewFileDialog,
);
const SaveScenarioDialog = lazyDialog(
  async () => (await import('../scenarios/SaveScenarioDialog.tsx')).SaveScenarioDialog,
);
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
      {dialog === 'trust' && <TrustDialog onClose={closeDialog} />}
      {dialog === 'settings' && <SettingsDialog onClose={closeDialog} />}
    </Suspense>
  );
}
