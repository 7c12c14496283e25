interface BreakpointCheckProps {
  /** Class names of the dot, see breakpoint-look.ts. */
  readonly look: string;
  /** What is switched on and off, for screen readers. */
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A breakpoint's dot: a checkbox that looks as the dot beside its line does. */
export function BreakpointCheck({ look, label, checked, onChange }: BreakpointCheckProps) {
  return (
    <span className="breakpoint-check">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={look} aria-hidden />
    </span>
  );
}
