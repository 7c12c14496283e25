import { ReplaceAll } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { FoundFile, FoundPlace } from '../../electron/bridge/search.ts';
import { goToLocation } from '../editor/go-to-location.ts';
import { formatCount, formatQuantity } from '../wording/quantities.ts';
import { replaceFound } from './replace-found.ts';
import { useSearch } from './search-store.ts';
import { searchWhileTyping } from './search-while-typing.ts';
import './search.css';

/** What of a line stands before a match, so that the match is in sight in a narrow panel. */
const mostBefore = 12;

function textBefore(preview: string, column: number): string {
  const before = preview.slice(0, column).trimStart();
  return before.length > mostBefore ? `…${before.slice(1 - mostBefore)}` : before;
}

function Place({ path, place }: { readonly path: string; readonly place: FoundPlace }) {
  const { line, column, length, preview, previewColumn } = place;
  return (
    <li>
      <button
        type="button"
        className="search-place"
        title={`${path}:${line}`}
        onClick={() => void goToLocation({ file: path, line, column })}
      >
        <span className="num faint">{line}</span>
        <span className="mono clip">
          {textBefore(preview, previewColumn)}
          <mark>{preview.slice(previewColumn, previewColumn + length)}</mark>
          {preview.slice(previewColumn + length)}
        </span>
      </button>
    </li>
  );
}

function File({ file }: { readonly file: FoundFile }) {
  const { path, places } = file;
  return (
    <li>
      <details open>
        <summary title={path}>
          <span className="clip">{path}</span>
          <span className="count">{formatCount(places.length)}</span>
        </summary>
        <ul aria-label={`Found in ${path}`}>
          {places.map((place) => (
            <Place key={`${place.line}:${place.column}`} path={path} place={place} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function Found() {
  const answer = useSearch((state) => state.answer);
  const problem = useSearch((state) => state.problem);
  const isExpression = useSearch((state) => state.regularExpression);
  if (problem !== undefined) {
    return (
      <p className="side-note field-problem" role="alert">
        {problem}
      </p>
    );
  }
  if (!answer) {
    return <p className="side-note">Type what to look for in all files of this folder.</p>;
  }
  const { files, places, isCut } = answer;
  if (places === 0) {
    return (
      <p className="side-note">
        {isExpression ? 'Nothing matches this expression.' : 'No file has this text.'}
      </p>
    );
  }
  return (
    <>
      <p className="search-count faint" role="status">
        {isCut ? 'The first ' : ''}
        {formatQuantity(places, 'place')} in {formatQuantity(files.length, 'file')}
      </p>
      <ul className="search-files" aria-label="What was found">
        {files.map((file) => (
          <File key={file.path} file={file} />
        ))}
      </ul>
    </>
  );
}

function Toggle({
  setting,
  label,
  short,
}: {
  readonly setting: 'matchCase' | 'wholeWord' | 'regularExpression';
  readonly label: string;
  readonly short: string;
}) {
  const pressed = useSearch((state) => state[setting]);
  return (
    <button
      type="button"
      className="button quiet search-toggle"
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      onClick={() => useSearch.setState({ [setting]: !pressed })}
    >
      {short}
    </button>
  );
}

/** Search and replace in all files. */
export function SearchPanel() {
  const text = useSearch((state) => state.text);
  const replacement = useSearch((state) => state.replacement);
  const files = useSearch((state) => state.answer?.files) ?? [];
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => searchWhileTyping(), []);
  useEffect(() => input.current?.select(), []);
  return (
    <div className="side-panel search">
      <div className="side-head">
        <h2 className="side-title">Search</h2>
        <Toggle setting="matchCase" label="Match case" short="Aa" />
        <Toggle setting="wholeWord" label="Whole words" short="ab" />
        <Toggle setting="regularExpression" label="Regular expression" short=".*" />
      </div>
      <div className="search-row">
        <input
          ref={input}
          className="input plain"
          id="search-text"
          aria-label="Search in all files"
          placeholder="Search"
          spellCheck={false}
          value={text}
          autoFocus
          onChange={(event) => useSearch.setState({ text: event.target.value })}
        />
      </div>
      <div className="search-row">
        <input
          className="input plain"
          aria-label="Replace with"
          placeholder="Replace with"
          spellCheck={false}
          value={replacement}
          onChange={(event) => useSearch.setState({ replacement: event.target.value })}
        />
        {files.length > 0 && (
          <button
            type="button"
            className="button quiet icon"
            aria-label="Replace all"
            title="Replace all"
            onClick={() => void replaceFound(files)}
          >
            <ReplaceAll size={14} aria-hidden />
          </button>
        )}
      </div>
      <Found />
    </div>
  );
}
