import { useState, type InputHTMLAttributes } from 'react';

type WholeNumberInputProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'value' | 'onChange' | 'min' | 'max'
> & {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Called with every key that makes a number; beyond the limits with the limit. */
  readonly onValue: (value: number) => void;
};

/** A number that counts while it is typed. What is no number yet stays in the field until it is left. */
export function WholeNumberInput({ value, min, max, onValue, ...rest }: WholeNumberInputProps) {
  const [draft, setDraft] = useState<string>();
  const typed = draft === undefined ? undefined : wholeNumber(draft, min, max);
  return (
    <input
      className="input num"
      {...rest}
      type="number"
      min={min}
      max={max}
      value={draft !== undefined && typed === undefined ? draft : value}
      onChange={(event) => {
        const text = event.target.value;
        setDraft(text);
        const number = wholeNumber(text, min, max);
        if (number !== undefined) onValue(number);
      }}
      onBlur={() => setDraft(undefined)}
    />
  );
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const number = Math.floor(Number(text));
  if (text.trim() === '' || !Number.isFinite(number)) return undefined;
  return Math.min(Math.max(number, min), max);
}
