import { useState } from 'react';
import { WholeNumberInput } from '../controls/WholeNumberInput.tsx';
import { formatBytes, formatCount } from '../wording/quantities.ts';
import { chooseMessage } from './choose-message.ts';
import { logRecordKinds, type LogRecordKind } from './log-record-message.ts';
import { MetadataEditor } from './MetadataEditor.tsx';
import { useSimulate } from './simulate-store.ts';

/** As kumod counts them, in 16 bits. */
const mostAttempts = 65_535;

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

/** Which message it is of those that kumod has tried already. */
function Attempts() {
  const id = useSimulate((state) => state.id);
  const numAttempts = useSimulate((state) => state.numAttempts);
  return (
    <>
      <label className="field" title="How often kumod has tried it: message:num_attempts()">
        Attempts before
        <WholeNumberInput
          min={0}
          max={mostAttempts}
          value={numAttempts}
          onValue={(value) => useSimulate.setState({ numAttempts: value })}
        />
      </label>
      <label className="field" title="message:id(), which tells when the message was made">
        Message id
        <input
          className="input mono"
          value={id}
          placeholder="a new one"
          spellCheck={false}
          onChange={(event) => useSimulate.setState({ id: event.target.value })}
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
  const numAttempts = useSimulate((state) => state.numAttempts);
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
            {numAttempts > 0 ? `attempt ${formatCount(numAttempts + 1)}, ` : ''}
            {metadata > 0 ? `${metadata} metadata, ` : ''}
            {formatBytes(size)}
          </span>
        </summary>
        {open && (
          <div className="simulate-form nested">
            <Envelope />
            <Attempts />
            <MetadataEditor />
            <Content />
          </div>
        )}
      </details>
    </>
  );
}
