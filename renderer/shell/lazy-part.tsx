/**
 * Parts of the window that are loaded when they are first shown. One that cannot be loaded, because the
 * host is gone, says so in its place: left to React, the failure would take the whole window away, and
 * with it the text in the editor.
 */
import { createElement, lazy, useEffect, type ComponentType } from 'react';
import { notify } from './notices-store.ts';

const notLoaded =
  'This part of the window cannot be loaded: the workbench’s host does not answer. Your text stays; open the part again when the host is back.';

function PartNotLoaded() {
  return (
    <div className="empty" role="alert">
      <p>{notLoaded}</p>
    </div>
  );
}

interface DialogProps {
  readonly onClose: () => void;
}

function DialogNotLoaded({ onClose }: DialogProps) {
  useEffect(() => {
    notify(notLoaded, 'fail');
    onClose();
  }, [onClose]);
  return null;
}

function lazyOr<P extends object>(
  load: () => Promise<ComponentType<P>>,
  instead: ComponentType<P>,
): ComponentType<P> {
  const attempt = () =>
    lazy(async () => {
      try {
        return { default: await load() };
      } catch {
        return { default: Instead };
      }
    });
  let current = attempt();
  function Instead(props: P) {
    // React keeps what a lazy component became: the next time it is shown is another one's turn.
    useEffect(
      () => () => {
        current = attempt();
      },
      [],
    );
    return createElement<P>(instead, props);
  }
  return function Part(props) {
    return createElement<P>(current, props);
  };
}

/** A view or panel. It shows a sentence where it cannot be loaded, and is loaded when shown again. */
export const lazyPart = (load: () => Promise<ComponentType>): ComponentType =>
  lazyOr(load, PartNotLoaded);

/** A dialog. It is closed with a notice where it cannot be loaded. */
export const lazyDialog = (
  load: () => Promise<ComponentType<DialogProps>>,
): ComponentType<DialogProps> => lazyOr(load, DialogNotLoaded);
