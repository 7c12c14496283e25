/** Electron's main process: the Electron shell around the host. */
import { app } from 'electron';
import { startDesktop } from './desktop/desktop-app.ts';
import { systemVault } from './desktop/system-vault.ts';
import { distFolder } from './dist-folder.ts';
import { ensureDataDir } from './host/data-dir.ts';
import { createWorkbench } from './host/workbench.ts';

startDesktop({
  // From a checkout Electron is given the script to run; a packaged application is the script.
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  distFolder: distFolder(),
  dataFolder: ensureDataDir(),
  createHost: ({ folder, pickFolder }) =>
    createWorkbench({ shell: 'electron', open: folder, pickFolder, vault: systemVault }),
});
