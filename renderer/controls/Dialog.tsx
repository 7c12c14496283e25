import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons under the content. */
  readonly actions?: ReactNode;
  readonly className?: string;
  /** For a dialog whose content is its own headline (quick open). */
  readonly hideHead?: boolean;
}

/** Where the focus begins: what asks for it, else the first field, else the first action. */
const firstFocus = [
  '[data-autofocus]',
  '.dialog-body :is(input, select, textarea, button, [tabindex="0"])',
  '.dialog-actions button',
];

/** A modal dialog. The browser's own `dialog` keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children, actions, className, hideHead }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    for (const selector of firstFocus) {
      const target = dialog?.querySelector<HTMLElement>(selector);
      if (!target) continue;
      target.focus();
      break;
    }
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  return (
    <dialog
      ref={element}
      className={`dialog ${className ?? ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      {hideHead ? (
        <h2 id={titleId} className="only-read-aloud">
          {title}
        </h2>
      ) : (
        <div className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="button quiet icon" aria-label="Close" onClick={onClose}>
            <X size={14} aria-hidden />
          </button>
        </div>
      )}
      {children}
      {actions && <div className="dialog-actions">{actions}</div>}
    </dialog>
  );
}
