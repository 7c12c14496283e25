import type { ProfileFields } from './profile-form.ts';

interface TlsFieldsProps {
  readonly fields: ProfileFields;
  readonly onChange: (change: Partial<ProfileFields>) => void;
}

const FILES = [
  ['caFile', 'CA file (PEM)', 'those that the system trusts'],
  ['serverName', 'Server name in the certificate', 'the host'],
  ['certificateFile', 'Client certificate file (PEM)', 'none'],
  ['keyFile', 'Its key file (PEM)', 'none'],
] as const;

/** What the broker must show over TLS, and what this side shows. */
export function TlsFields({ fields, onChange }: TlsFieldsProps) {
  return (
    <>
      {FILES.map(([name, label, placeholder]) => (
        <label className="field" key={name}>
          {label}
          <input
            className="input"
            value={fields[name]}
            placeholder={placeholder}
            spellCheck={false}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        </label>
      ))}
      {fields.keyFile !== '' && (
        <label className="field wide">
          Passphrase of the key
          <input
            className="input"
            type="password"
            value={fields.keyPassphrase}
            placeholder="none, or as it was"
            autoComplete="new-password"
            onChange={(event) => onChange({ keyPassphrase: event.target.value })}
          />
        </label>
      )}
    </>
  );
}
