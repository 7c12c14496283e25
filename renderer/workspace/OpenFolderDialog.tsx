import { ArrowUp, FileCode2, Folder, History } from 'lucide-react';
import { useEffect, useState, type SubmitEvent } from 'react';
import type { CallOutput, Sample } from '../../electron/bridge/contract.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { useSettings } from '../settings/settings-store.ts';
import { openSample, openWorkspace } from './open-workspace.ts';
import { useWorkspace } from './workspace-store.ts';

type Listing = CallOutput<'workspace.browse'>;

/** Opens one of the last folders, a sample, or whatever path is typed or clicked together. */
export function OpenFolderDialog({ onClose }: { readonly onClose: () => void }) {
  const [path, setPath] = useState(useWorkspace.getState().workspace?.root ?? '~');
  const [listing, setListing] = useState<Listing>();
  const [recent, setRecent] = useState<readonly string[]>([]);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const hasPicker = useSettings((state) => state.about?.shell === 'electron');
  const [problem, setProblem] = useState<string>();
  const [browse] = useState(() =>
    latestCall<string>(async (asked, isLatest) => {
      try {
        const answer = await workbench.call('workspace.browse', { path: asked });
        if (!isLatest()) return;
        setListing(answer);
        setProblem(undefined);
      } catch (error) {
        if (isLatest()) setProblem(sentenceOf(error));
      }
    }, 120),
  );

  useEffect(() => {
    browse(path);
  }, [browse, path]);
  useEffect(() => {
    const root = useWorkspace.getState().workspace?.root;
    workbench.call('workspace.recent', {}).then(
      (folders) => setRecent(folders.filter((folder) => folder !== root)),
      () => setRecent([]),
    );
    workbench.call('samples.list', {}).then(setSamples, () => setSamples([]));
  }, []);

  async function finish(opening: Promise<string | undefined>): Promise<void> {
    const refused = await opening;
    if (refused === undefined) onClose();
    else setProblem(refused);
  }
  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void finish(openWorkspace(path));
  }
  async function pick(): Promise<void> {
    const answer = await workbench.call('workspace.pickFolder', {});
    if (answer.result === 'picked') await finish(openWorkspace(answer.path));
  }
  const inside = (name: string): string => `${(listing?.path ?? path).replace(/\/$/, '')}/${name}`;

  return (
    <Dialog title="Open a policy" onClose={onClose} className="wide">
      <div className="dialog-body">
        <form className="open-path" onSubmit={onSubmit}>
          <input
            className="input"
            aria-label="Folder or .lua file"
            aria-invalid={problem !== undefined}
            value={path}
            spellCheck={false}
            data-autofocus
            onChange={(event) => setPath(event.target.value)}
          />
          <button type="submit" className="button primary" disabled={path.trim() === ''}>
            Open
          </button>
          {hasPicker && (
            <button type="button" className="button" onClick={() => void pick()}>
              Browse
            </button>
          )}
        </form>
        {problem !== undefined && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        {listing && (
          <ul className="open-list" aria-label={`In ${listing.path}`}>
            {listing.parent !== undefined && (
              <li>
                <button type="button" onClick={() => setPath(listing.parent ?? '/')}>
                  <ArrowUp size={14} aria-hidden /> Up to {listing.parent}
                </button>
              </li>
            )}
            {listing.policies.map((name) => (
              <li key={name}>
                <button type="button" onClick={() => void finish(openWorkspace(inside(name)))}>
                  <FileCode2 size={14} aria-hidden /> {name}
                </button>
              </li>
            ))}
            {listing.folders.map((name) => (
              <li key={name}>
                <button type="button" onClick={() => setPath(inside(name))}>
                  <Folder size={14} aria-hidden /> {name}
                </button>
              </li>
            ))}
          </ul>
        )}
        {recent.length > 0 && (
          <section>
            <h3 className="open-heading">Recent</h3>
            <ul className="open-list">
              {recent.map((folder) => (
                <li key={folder}>
                  <button type="button" onClick={() => void finish(openWorkspace(folder))}>
                    <History size={14} aria-hidden />
                    <span className="clip mono">{folder}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {samples.length > 0 && (
          <section>
            <h3 className="open-heading">Samples, opened as a copy of your own</h3>
            <ul className="open-list whole">
              {samples.map((sample) => (
                <li key={sample.name}>
                  <button type="button" onClick={() => void finish(openSample(sample.name))}>
                    <span className="sample">
                      <span>{sample.title}</span>
                      <span className="faint">{sample.hint}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}
