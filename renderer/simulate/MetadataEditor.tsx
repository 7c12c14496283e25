import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { metadataType, type MetadataRow } from './metadata-rows.ts';
import { useSimulate } from './simulate-store.ts';

function change(at: number, row: MetadataRow | undefined): void {
  useSimulate.setState(({ metadata }) => ({
    metadata: metadata.flatMap((old, index) => (index !== at ? [old] : row ? [row] : [])),
  }));
}

/** Name and value a row; a value that is JSON arrives in the script as what it is. */
export function MetadataEditor() {
  const metadata = useSimulate((state) => state.metadata);
  const rows = useRef<HTMLFieldSetElement>(null);
  const add = useRef<HTMLButtonElement>(null);

  function addRow(): void {
    flushSync(() => {
      useSimulate.setState({ metadata: [...metadata, { name: '', value: '' }] });
    });
    rows.current?.querySelector<HTMLInputElement>('.metadata-row:last-of-type input')?.focus();
  }
  return (
    <fieldset className="wide metadata" ref={rows}>
      <legend>Metadata</legend>
      {metadata.map((row, at) => (
        <div className="metadata-row" key={at}>
          <input
            className="input"
            aria-label={`Metadata ${at + 1}, name`}
            placeholder="name"
            spellCheck={false}
            value={row.name}
            onChange={(event) => change(at, { ...row, name: event.target.value })}
          />
          <input
            className="input"
            aria-label={`Metadata ${at + 1}, value`}
            placeholder="text or JSON"
            spellCheck={false}
            value={row.value}
            onChange={(event) => change(at, { ...row, value: event.target.value })}
          />
          <span className="faint metadata-type">{metadataType(row.value)}</span>
          <button
            type="button"
            className="button quiet icon"
            aria-label={`Remove metadata ${row.name || at + 1}`}
            onClick={() => {
              change(at, undefined);
              add.current?.focus();
            }}
          >
            <X size={13} aria-hidden />
          </button>
        </div>
      ))}
      <button ref={add} type="button" className="button quiet small" onClick={addRow}>
        <Plus size={13} aria-hidden /> Add metadata
      </button>
    </fieldset>
  );
}
