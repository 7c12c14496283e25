import type { ReactNode } from 'react';
import { VerdictShape, type Shape } from './VerdictShape.tsx';

interface CalloutProps {
  readonly tone: 'fail' | 'warn' | 'info';
  readonly title: string;
  readonly shape?: Shape;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What is the case and what to do, with buttons that do it. */
export function Callout({ tone, title, shape, children, actions }: CalloutProps) {
  return (
    <div className={`callout ${tone}`} role="note">
      <div className={`callout-title tone-${tone}`}>
        {shape && <VerdictShape shape={shape} />}
        {title}
      </div>
      {children}
      {actions && <div className="callout-actions">{actions}</div>}
    </div>
  );
}
