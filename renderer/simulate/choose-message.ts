import { sampleLogRecord, type LogRecordKind } from './log-record-message.ts';
import { useSimulate } from './simulate-store.ts';

const own = { headers: 'Subject: Spring offer', body: 'Hello from the workbench.\n' };

/**
 * Fills the message with a log record, as a log hook would hand it to the policy: the record as
 * JSON is the body, and metadata says where it came from (KumoMTA
 * crates/kumod/src/logging/hooks.rs 157-172).
 */
export function chooseMessage(kind: 'own' | LogRecordKind): void {
  const { sender, recipient, metadata, messageKind } = useSimulate.getState();
  const kept = metadata.filter(
    ({ name }) => name !== 'log_record' && name !== 'reception_protocol',
  );
  if (kind === 'own') {
    useSimulate.setState({
      messageKind: kind,
      metadata: kept,
      ...(messageKind === 'own' ? {} : own),
    });
    return;
  }
  const record = JSON.stringify(sampleLogRecord(kind, { sender, recipient }, Date.now()));
  useSimulate.setState({
    messageKind: kind,
    headers: '',
    body: record,
    metadata: [
      ...kept,
      { name: 'reception_protocol', value: 'LogRecord' },
      { name: 'log_record', value: record },
    ],
  });
}
