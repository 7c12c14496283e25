import { useState, type InputHTMLAttributes } from 'react';

type CommitInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  readonly value: string;
  /** Called with valid, changed text on Enter and on leaving. */
  readonly onCommit: (value: string) => void;
};

/** An input whose value counts when it is finished, not with every key. */
export function CommitInput({ value, onCommit, ...rest }: CommitInputProps) {
  const [draft, setDraft] = useState<string>();
  function commit(input: HTMLInputElement): void {
    if (draft === undefined || draft === value) setDraft(undefined);
    else if (input.reportValidity()) {
      onCommit(draft);
      setDraft(undefined);
    }
  }
  return (
    <input
      className="input"
      {...rest}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={(event) => commit(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget);
        if (event.key === 'Escape') setDraft(undefined);
      }}
    />
  );
}
