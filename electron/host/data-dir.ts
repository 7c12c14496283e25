/** Where the workbench keeps what is the person's own: settings, trust, secrets, sample copies. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface DataDirSource {
  readonly env: { readonly [name: string]: string | undefined };
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * The absolute folder: `KUMO_WORKBENCH_HOME` when set, else the platform's own place (XDG Base
 * Directory Specification on Linux, Application Support on macOS, %APPDATA% on Windows).
 */
export function dataDirOf({ env, platform, home }: DataDirSource): string {
  if (env.KUMO_WORKBENCH_HOME) return env.KUMO_WORKBENCH_HOME;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'kumo-workbench');
  if (platform === 'win32') {
    return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'kumo-workbench');
  }
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'kumo-workbench');
}

/** The data folder of this process, made (for this user only) when it is not there. */
export function ensureDataDir(): string {
  const folder = dataDirOf({ env: process.env, platform: process.platform, home: homedir() });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
