import { goToLocation } from '../../editor/go-to-location.ts';
import type { FileCoverage } from '../../../electron/bridge/debug.ts';
import { useCoverage } from './coverage-store.ts';
import { percentOf, shareWords } from './coverage-words.ts';
import { readCoverage } from './read-coverage.ts';
import { sharesOf, type Share } from './sum-coverage.ts';
import { useShownCoverage } from './use-shown-coverage.ts';
import '../../controls/figures.css';
import './coverage.css';

function ShareCell({ share, what }: { readonly share: Share; readonly what: string }) {
  const percent = percentOf(share);
  return (
    <td>
      <span className="coverage-share">
        {share.all > 0 && (
          <span className="coverage-meter" aria-hidden>
            <span style={{ width: `${percent}%` }} data-full={percent === 100} />
          </span>
        )}
        <span className="num coverage-percent">{share.all === 0 ? '' : `${percent}%`}</span>
        <span className="num faint" aria-label={`${shareWords(share)} ${what}`}>
          {shareWords(share)}
        </span>
      </span>
    </td>
  );
}

function FileRow({ file }: { readonly file: FileCoverage }) {
  const changed = useCoverage((state) => state.changedFiles.includes(file.file));
  const { lines, branches, functions, firstMissed } = sharesOf(file);
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="link"
          title={
            firstMissed === undefined
              ? `Open ${file.file}`
              : `Go to line ${firstMissed}, the first that never ran`
          }
          onClick={() => void goToLocation({ file: file.file, line: firstMissed ?? 1 })}
        >
          {file.file}
        </button>
        {changed && <span className="tone-warn coverage-changed">changed since</span>}
      </th>
      <ShareCell share={lines} what="lines" />
      <ShareCell share={branches} what="branches" />
      <ShareCell share={functions} what="functions" />
    </tr>
  );
}

function NoCoverage() {
  const reading = useCoverage((state) => state.reading);
  const problem = useCoverage((state) => state.problem);
  return (
    <div className="empty">
      <p>
        {problem ??
          (reading
            ? 'The run is replayed to see which lines it ran.'
            : 'No coverage was read yet. It shows which lines and branches a run has run; the run is replayed for that, and nothing is delivered.')}
      </p>
      {!reading && (
        <button type="button" className="button" onClick={() => void readCoverage()}>
          Read the newest run
        </button>
      )}
    </div>
  );
}

/** How much of each file has run. */
export function CoveragePanel() {
  const coverage = useShownCoverage();
  if (!coverage) return <NoCoverage />;
  return (
    <div className="coverage" tabIndex={0} role="region" aria-label="Coverage of files">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Lines</th>
            <th scope="col">Branches</th>
            <th scope="col">Functions</th>
          </tr>
        </thead>
        <tbody>
          {coverage.files.map((file) => (
            <FileRow key={file.file} file={file} />
          ))}
        </tbody>
      </table>
      {coverage.notes?.map((note) => (
        <p key={note} className="coverage-note">
          {note}
        </p>
      ))}
    </div>
  );
}
