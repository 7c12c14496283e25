import { FilePlus2, FolderOpen } from 'lucide-react';
import { showDialog } from '../shell/layout-store.ts';
import { FileTree } from './FileTree.tsx';
import { HandlerList } from './HandlerList.tsx';
import { useWorkspace } from './workspace-store.ts';
import './workspace.css';

/** The left side: the folder's files, and under them the policy's handlers. */
export function WorkspacePanel() {
  const empty = useWorkspace((state) => state.workspace?.files.length === 0);
  return (
    <div className="workspace-panel">
      <section className="files" aria-label="Policy folder">
        <div className="side-head">
          <h2 className="side-title">Policy folder</h2>
          <button
            type="button"
            className="button quiet icon small"
            aria-label="New file"
            title="New file"
            onClick={() => showDialog('new-file')}
          >
            <FilePlus2 size={14} aria-hidden />
          </button>
          <button
            type="button"
            className="button quiet icon small"
            aria-label="Open folder"
            title="Open folder (Ctrl+O)"
            onClick={() => showDialog('open-folder')}
          >
            <FolderOpen size={14} aria-hidden />
          </button>
        </div>
        {empty ? (
          <p className="side-note">The folder is empty. Make a file named init.lua to begin.</p>
        ) : (
          <FileTree />
        )}
      </section>
      <HandlerList />
    </div>
  );
}
