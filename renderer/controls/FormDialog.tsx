import { useId, type ReactNode, type SubmitEvent } from 'react';
import { sentenceOf } from '../bridge/workbench-bridge.ts';
import { Dialog } from './Dialog.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** On the button that submits. */
  readonly action: string;
  /** Whether what is typed can be submitted. */
  readonly ready: boolean;
  /** Answers, or throws, why it cannot be done; the dialog is closed otherwise. */
  readonly onSubmit: () => Promise<string | undefined>;
  /** Why it was not done, as a sentence. */
  readonly problem: string | undefined;
  readonly onProblem: (problem: string) => void;
  /** The fields. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** A dialog that asks for a few things and does something with them. */
export function FormDialog(props: FormDialogProps) {
  const { title, onClose, action, ready, onSubmit, problem, onProblem, children, className } =
    props;
  const id = useId();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    try {
      const refused = await onSubmit();
      if (refused === undefined) onClose();
      else onProblem(refused);
    } catch (error) {
      onProblem(sentenceOf(error));
    }
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      {...(className === undefined ? {} : { className })}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className="button primary" disabled={!ready}>
            {action}
          </button>
        </>
      }
    >
      <form id={id} className="dialog-body" onSubmit={(event) => void submit(event)}>
        {children}
        {problem !== undefined && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
