import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Entry } from '../../electron/bridge/contract.ts';
import { LocationLink } from '../controls/LocationLink.tsx';
import { showPublish } from '../wire/wire-store.ts';
import { copyText } from './copy-text.ts';
import { luaLiteral } from './lua-literal.ts';

function Pre({ children, name }: { readonly children: string; readonly name: string }) {
  return (
    <div className="entry-pre">
      <pre tabIndex={0} aria-label={name}>
        {children}
      </pre>
      <button
        type="button"
        className="button quiet icon small"
        aria-label={`Copy ${name}`}
        title={`Copy ${name}`}
        onClick={() => void copyText(children, name)}
      >
        <Copy size={12} aria-hidden />
      </button>
    </div>
  );
}

function FramesLink({ publish }: { readonly publish: Extract<Entry, { kind: 'publish' }> }) {
  const { wire, at } = publish;
  if (wire === undefined) return null;
  return (
    <button type="button" className="button" onClick={() => void showPublish(wire, at)}>
      Show its frames
    </button>
  );
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** What an entry holds beyond its line; undefined when the line says all. */
export function entryDetails(
  entry: Entry,
  answer?: Extract<Entry, { kind: 'host-result' }>,
): ReactNode {
  switch (entry.kind) {
    case 'call':
      return entry.arguments.length > 0 ? (
        <ol className="entry-values">
          {entry.arguments.map((argument, index) => (
            <li key={index} className="mono">
              {luaLiteral(argument)}
            </li>
          ))}
        </ol>
      ) : undefined;
    case 'publish':
      return (
        <>
          <p>
            {entry.api}, {entry.mandatory ? 'mandatory' : 'not mandatory'} as the script asked
          </p>
          {Object.keys(entry.properties).length > 0 && (
            <Pre name="Properties">{json(entry.properties)}</Pre>
          )}
          {entry.payload_preview !== '' && <Pre name="Payload">{entry.payload_preview}</Pre>}
          <FramesLink publish={entry} />
        </>
      );
    case 'verdict':
      return entry.explanation === undefined ? undefined : <p>{entry.explanation}</p>;
    case 'queue-config':
      return entry.resolution.config ? (
        <Pre name="Queue config">{json(entry.resolution.config)}</Pre>
      ) : undefined;
    case 'host-call':
      return (
        <>
          <Pre name="Input">{json(entry.input)}</Pre>
          {answer?.output !== undefined && <Pre name="Output">{json(answer.output)}</Pre>}
        </>
      );
    case 'host-result':
      return entry.output === undefined ? undefined : <Pre name="Output">{json(entry.output)}</Pre>;
    case 'file':
      return <Pre name="Text">{entry.text}</Pre>;
    case 'message':
      return (
        <>
          <p>
            {entry.sender === '' ? 'null sender' : entry.sender} to {entry.recipients.join(', ')}
          </p>
          {Object.keys(entry.meta).length > 0 && <Pre name="Metadata">{json(entry.meta)}</Pre>}
          <Pre name="Data">{entry.data}</Pre>
        </>
      );
    case 'print':
      return entry.text.length > 60 ? <Pre name="Text">{entry.text}</Pre> : undefined;
    case 'error':
      return (
        <>
          <ol className="frames" aria-label="Called from">
            {entry.failure.traceback.map((frame, index) => (
              <li key={index}>
                <span className="mono dim clip">{frame.function}</span>
                {frame.location && <LocationLink location={frame.location} />}
              </li>
            ))}
          </ol>
          <Pre name="What kumod logs">{entry.failure.text}</Pre>
        </>
      );
    case 'record':
      return <Pre name="Log record">{json(entry.record)}</Pre>;
    default:
      return undefined;
  }
}
