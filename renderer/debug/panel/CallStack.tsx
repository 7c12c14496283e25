import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { KeyboardEvent } from 'react';
import { formatQuantity } from '../../wording/quantities.ts';
import { placeOfFrame } from '../editor/execution-line.ts';
import { loadMoreFrames, selectFrame } from '../session/show-stop.ts';
import { useSession } from '../session/session-store.ts';

/** Up and down between the buttons of a list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
}

/** Where a frame is, or whose it is when it is in no file: kumod's own, a C function's. */
function Whereabouts({ frame }: { readonly frame: Dap.StackFrame }) {
  const place = placeOfFrame(frame);
  if (place) {
    return (
      <span className="frame-place" title={`${place.file}, line ${place.line}`}>
        {place.file.slice(place.file.lastIndexOf('/') + 1)}:{place.line}
      </span>
    );
  }
  return <span className="frame-place faint">{frame.source?.name ?? 'kumod'}</span>;
}

function Frame({ frame, threadId }: { readonly frame: Dap.StackFrame; readonly threadId: number }) {
  const selected = useSession((state) => state.threadId === threadId && state.frameId === frame.id);
  return (
    <li>
      <button
        type="button"
        className="frame"
        aria-current={selected}
        tabIndex={selected ? 0 : -1}
        onClick={() => void selectFrame(threadId, frame)}
      >
        <span
          className={`mono clip ${['subtle', 'label'].includes(frame.presentationHint ?? '') ? 'faint' : ''}`}
        >
          {frame.name}
        </span>
        <Whereabouts frame={frame} />
      </button>
    </li>
  );
}

interface ThreadFramesProps {
  readonly thread: Dap.Thread;
  /** Coroutines are worth a heading only where there is more than the main thread. */
  readonly heading: boolean;
}

function ThreadFrames({ thread, heading }: ThreadFramesProps) {
  const stack = useSession((state) => state.stacks.get(thread.id));
  const rest = stack ? stack.total - stack.frames.length : 0;
  return (
    <>
      {heading && (
        <li>
          <button
            type="button"
            className="frame thread"
            aria-expanded={stack !== undefined}
            onClick={() => void loadMoreFrames(thread.id)}
          >
            <span className="clip">{thread.name}</span>
          </button>
        </li>
      )}
      {stack?.frames.map((frame) => (
        <Frame key={frame.id} frame={frame} threadId={thread.id} />
      ))}
      {rest > 0 && (
        <li>
          <button
            type="button"
            className="frame faint"
            onClick={() => void loadMoreFrames(thread.id)}
          >
            {formatQuantity(rest, 'more frame')}
          </button>
        </li>
      )}
    </>
  );
}

/** Why the script stands still, and who called whom. */
export function CallStack() {
  const threads = useSession((state) => state.threads);
  const stop = useSession((state) => state.stop);
  const runs = useSession((state) => state.looksRunning);
  const starting = useSession((state) => state.phase === 'starting');
  const words = starting ? 'starting' : runs ? 'running' : (stop?.words ?? 'running');
  return (
    <section aria-label="Call stack">
      <h3 className="debug-heading">
        Call stack
        <small className={runs || starting ? 'clip' : 'clip tone-warn'} role="status" title={words}>
          {words}
        </small>
      </h3>
      {stop?.detail !== undefined && !runs && <p className="stop-detail">{stop.detail}</p>}
      <ol className="frames-list" data-stale={runs} onKeyDown={moveFocus}>
        {threads.map((thread) => (
          <ThreadFrames key={thread.id} thread={thread} heading={threads.length > 1} />
        ))}
      </ol>
    </section>
  );
}
