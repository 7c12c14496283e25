/** The folder that is open: its files, its policy, its trust, and what changes in it. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { Trust, Workspace, WorkspaceFile } from '../bridge/workspace.ts';
import type { RecentWorkspaces } from './recent-workspaces.ts';
import type { SampleNote, Samples } from './samples.ts';
import type { TrustStore } from './trust.ts';
import { WorkspaceWatcher } from './workspace-watcher.ts';
import {
  currentVersion,
  defaultPolicyFile,
  LISTED_ENTRIES,
  listFiles,
  openPath,
} from './workspace.ts';

export interface FileChange {
  readonly path: string;
  /** Undefined: the file is gone. */
  readonly version: string | undefined;
}

export interface WorkspaceListener {
  /** The file list, the policy or the trust is another one. */
  readonly onWorkspace: (workspace: Workspace) => void;
  readonly onFileChanged: (change: FileChange) => void;
  /** After any change of content: once, for all files that changed together. */
  readonly onContentChanged: () => void;
  readonly onProblem: (sentence: string) => void;
}

export interface WorkspaceStores {
  readonly trust: TrustStore;
  readonly recent: RecentWorkspaces;
  readonly samples: Samples;
}

interface Opened {
  readonly root: string;
  readonly policyFile: string;
  readonly files: readonly WorkspaceFile[];
  readonly note: SampleNote | undefined;
}

export class CurrentWorkspace {
  readonly #stores: WorkspaceStores;
  readonly #listener: WorkspaceListener;
  /** Versions that the shell was told of, so that our own writing is not told twice. */
  readonly #told = new Map<string, string | undefined>();
  #opened: Opened | undefined;
  #watcher: WorkspaceWatcher | undefined;

  constructor(stores: WorkspaceStores, listener: WorkspaceListener) {
    this.#stores = stores;
    this.#listener = listener;
  }

  get root(): string {
    return this.#now.root;
  }

  get policyFile(): string {
    return this.#now.policyFile;
  }

  get trust(): Trust {
    return this.#stores.trust.of(this.root);
  }

  get note(): SampleNote | undefined {
    return this.#now.note;
  }

  get #now(): Opened {
    if (!this.#opened) throw new BridgeError('failed', 'No folder is open; open one first.');
    return this.#opened;
  }

  describe(): Workspace {
    const { root, policyFile, files, note } = this.#now;
    return {
      root,
      name: basename(root),
      policyFile,
      trust: this.trust,
      files: [...files],
      ...(note ? { hint: note.hint } : {}),
    };
  }

  /** Opens a folder or a .lua file. Throws and keeps the one that is open when it cannot be. */
  async open(path: string): Promise<Workspace> {
    const { root, policyFile } = await openPath(path);
    const files = await listFiles(root);
    const chosen = this.#stores.recent.policyOf(root);
    const known = chosen !== undefined && existsSync(join(root, chosen)) ? chosen : undefined;
    const note = await this.#stores.samples.noteOf(root);
    this.#watcher?.close();
    this.#told.clear();
    this.#opened = {
      root,
      policyFile: policyFile ?? known ?? defaultPolicyFile(files),
      files,
      note,
    };
    this.#stores.recent.addOpened(policyFile === undefined ? root : join(root, policyFile));
    this.#watcher = new WorkspaceWatcher(
      root,
      // To watch a tree that was too large to list would take longer than anybody waits.
      files.length < LISTED_ENTRIES,
      (paths) => void this.#filesChanged(paths),
      this.#listener.onProblem,
    );
    return this.#tellWorkspace();
  }

  setPolicy(path: string): Workspace {
    const opened = this.#now;
    if (!opened.files.some((file) => file.kind === 'file' && file.path === path)) {
      throw new BridgeError('not-found', `${path} is not a file of the opened folder.`);
    }
    this.#opened = { ...opened, policyFile: path };
    this.#stores.recent.setPolicy(opened.root, path);
    return this.#tellWorkspace();
  }

  setTrust(trust: Trust): Workspace {
    this.#stores.trust.set(this.root, trust);
    return this.#tellWorkspace();
  }

  /** We wrote `path` ourselves: what follows from it happens now and not when the watcher sees it. */
  async noteWritten(path: string, version: string): Promise<void> {
    const isNew = !this.#now.files.some((file) => file.path === path);
    this.#tellFile({ path, version });
    if (isNew) await this.#listAgain();
    this.#listener.onContentChanged();
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  async #filesChanged(paths: readonly string[]): Promise<void> {
    const { root } = this.#now;
    const changes = await Promise.all(
      paths.map(async (path) => ({ path, version: await currentVersion(root, path) })),
    );
    if (this.#opened?.root !== root) return;
    const news = changes.filter(
      ({ path, version }) => !this.#told.has(path) || this.#told.get(path) !== version,
    );
    if (news.length === 0) return;
    await this.#listAgain();
    for (const change of news) this.#tellFile(change);
    this.#listener.onContentChanged();
  }

  async #listAgain(): Promise<void> {
    const { root } = this.#now;
    const files = await listFiles(root);
    if (this.#opened?.root !== root) return;
    const policyFile = existsSync(join(root, this.#opened.policyFile)) && this.#opened.policyFile;
    this.#opened = { ...this.#opened, files, policyFile: policyFile || defaultPolicyFile(files) };
    this.#tellWorkspace();
  }

  #tellFile(change: FileChange): void {
    this.#told.set(change.path, change.version);
    this.#listener.onFileChanged(change);
  }

  #tellWorkspace(): Workspace {
    const workspace = this.describe();
    this.#listener.onWorkspace(workspace);
    return workspace;
  }
}
