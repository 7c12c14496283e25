import { useState } from 'react';
import { formatBytes } from '../wording/quantities.ts';
import { chooseMessage } from './choose-message.ts';
import { logRecordKinds, type LogRecordKind } from './log-record-message.ts';
import { MetadataEditor } from './MetadataEditor.tsx';
import { useSimulate } from './simulate-store.ts';

function isLogRecordKind(value: string): value is LogRecordKind {
  return (logRecordKinds as readonly string[]).includes(value);
}

function Envelope() {
  const sender = useSimulate((state) => state.sender);
  const recipient = useSimulate((state) => state.recipient);
  return (
    <>
      <label className="field wide">
        Sender
        <input
          className="input"
          value={sender}
          placeholder="null sender"
          spellCheck={false}
          onChange={(event) => useSimulate.setState({ sender: event.target.value })}
        />
      </label>
      <label className="field wide">
        Recipient
        <input
          className="input"
          value={recipient}
          placeholder="none"
          spellCheck={false}
          onChange={(event) => useSimulate.setState({ recipient: event.target.value })}
        />
      </label>
    </>
  );
}

function Content() {
  const headers = useSimulate((state) => state.headers);
  const body = useSimulate((state) => state.body);
  return (
    <>
      <label className="field wide">
        Headers, one a line
        <textarea
          className="input"
          rows={2}
          value={headers}
          placeholder="Subject: Spring offer"
          spellCheck={false}
          onChange={(event) => useSimulate.setState({ headers: event.target.value })}
        />
      </label>
      <label className="field wide">
        Body
        <textarea
          className="input"
          rows={4}
          value={body}
          spellCheck={false}
          onChange={(event) => useSimulate.setState({ body: event.target.value })}
        />
      </label>
    </>
  );
}

/** What is sent: a message of one's own, or a log record as a log hook hands it on. */
export function MessageFields() {
  const [open, setOpen] = useState(false);
  const kind = useSimulate((state) => state.messageKind);
  const size = useSimulate((state) => state.headers.length + state.body.length);
  const metadata = useSimulate(
    (state) => state.metadata.filter((row) => row.name.trim() !== '').length,
  );
  return (
    <>
      <label className="field wide">
        Message
        <select
          className="input"
          value={kind}
          onChange={(event) => {
            const { value } = event.target;
            chooseMessage(isLogRecordKind(value) ? value : 'own');
          }}
        >
          <option value="own">Plain message</option>
          {logRecordKinds.map((record) => (
            <option key={record} value={record}>
              {`Log record, ${record}`}
            </option>
          ))}
        </select>
      </label>
      <details
        className="wide message-details"
        open={open}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>
          Envelope, metadata and content
          <span className="faint num">
            {metadata > 0 ? `${metadata} metadata, ` : ''}
            {formatBytes(size)}
          </span>
        </summary>
        {open && (
          <div className="simulate-form nested">
            <Envelope />
            <MetadataEditor />
            <Content />
          </div>
        )}
      </details>
    </>
  );
}
