import { goToLocation } from '../editor/go-to-location.ts';
import type { RegisteredHandler } from '../../electron/bridge/contract.ts';
import { useWorkspace } from './workspace-store.ts';

const explanations: Record<RegisteredHandler['kind'], string> = {
  multi: 'kumod asks every handler of this event in turn.',
  single: 'kumod accepts one handler of this event.',
  constructor: 'Makes the connection object of a custom_lua protocol.',
  unknown: 'kumod never fires an event of this name, and no queue config names it as constructor.',
};

function Handler({ handler }: { readonly handler: RegisteredHandler }) {
  const { event, kind, location } = handler;
  return (
    <li>
      <button
        type="button"
        className="handler"
        title={`${explanations[kind]}${location ? ` ${location.file}:${location.line}` : ''}`}
        disabled={!location}
        onClick={() => location && void goToLocation(location)}
      >
        <span className={`mono clip ${kind === 'unknown' ? 'faint' : ''}`}>{event}</span>
        <span className={kind === 'unknown' ? 'tree-mark tone-warn' : 'tree-mark faint num'}>
          {kind === 'unknown' ? 'never fires' : location ? `:${location.line}` : ''}
        </span>
      </button>
    </li>
  );
}

/** What the loaded policy registered with `kumo.on`. */
export function HandlerList() {
  const policy = useWorkspace((state) => state.policy);
  return (
    <section className="handlers" aria-label="Handlers">
      <h2 className="side-title">Handlers</h2>
      {policy.handlers.length === 0 ? (
        <p className="side-note">
          {policy.state === 'fails'
            ? 'The policy does not load, so no handler is registered.'
            : policy.state === 'loading'
              ? 'The policy is loading.'
              : 'No handler yet. Register one with kumo.on.'}
        </p>
      ) : (
        <ul>
          {policy.handlers.map((handler, index) => (
            <Handler key={`${handler.event} ${index}`} handler={handler} />
          ))}
        </ul>
      )}
    </section>
  );
}
