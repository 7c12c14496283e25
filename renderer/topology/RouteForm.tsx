import type { SubmitEvent } from 'react';
import type { Route, Topology } from '../../electron/bridge/contract.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { formatClockTime } from '../wording/quantities.ts';
import { exchangeName } from './exchange-name.ts';
import { ask, typed, useRouteQuestion } from './route-question.ts';

type Step = Route['steps'][number];

function StepView({ step }: { readonly step: Step }) {
  return (
    <li>
      <span className="mono">{exchangeName(step.exchange)}</span> ({step.type})
      {step.unknownType && ': what this type does with a message cannot be told.'}
      {step.matched.length > 0 && (
        <ul>
          {step.matched.map((binding, at) => (
            <li key={at}>
              to {binding.destinationType} <span className="mono">{binding.destination}</span>
              {step.exchange !== '' && (
                <>
                  {' '}
                  by key <span className="mono">{binding.routingKey || '(empty)'}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {step.matched.length === 0 && !step.unknownType && ': nothing matches'}
      {step.alternate !== undefined && (
        <>
          , so it goes on to the alternate exchange{' '}
          <span className="mono">{exchangeName(step.alternate)}</span>
        </>
      )}
    </li>
  );
}

interface AnswerProps {
  readonly route: Route;
  /** When it was true, of a broker that does not tell of its changes. */
  readonly at: number | undefined;
}

function Answer({ route, at }: AnswerProps) {
  const isKept = route.queues.length > 0;
  const isOpen = route.steps.some((step) => step.unknownType);
  const ending =
    route.problem ??
    (isKept
      ? `Goes to ${route.queues.join(', ')}.`
      : isOpen
        ? 'Where it goes cannot be told.'
        : 'Goes nowhere: the broker drops it, and kumod logs a Delivery.');
  return (
    <div className="route-answer" role="status">
      <p>
        <span className={`verdict tone-${isKept ? 'ok' : 'fail'}`}>
          <VerdictShape shape={isKept ? 'acked' : 'unroutable'} />
        </span>{' '}
        {ending}
        {at !== undefined && <small> As of {formatClockTime(at).slice(0, 8)}.</small>}
      </p>
      {route.steps.length > 0 && (
        <ol>
          {route.steps.map((step) => (
            <StepView key={step.exchange} step={step} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** Answers where a message would go, before it is published. */
export function RouteForm({ topology }: { readonly topology: Topology }) {
  const question = useRouteQuestion();
  const { routingKey, headers, answer, answeredAt, problem } = question;
  // The exchange may be one of a broker that is no longer looked at.
  const known = topology.exchanges.some(({ name }) => name === question.exchange);
  const exchange = known ? question.exchange : '';
  const { type: exchangeType } = topology.exchanges.find(({ name }) => name === exchange) ?? {};

  function follow(event: SubmitEvent): void {
    event.preventDefault();
    void ask(exchange);
  }

  return (
    <section aria-label="Where would it go?">
      <h3 className="section-title">Where would it go?</h3>
      <form className="route-form" onSubmit={follow}>
        <label className="field">
          Exchange
          <select
            className="input"
            value={exchange}
            onChange={(event) => typed({ exchange: event.target.value })}
          >
            {topology.exchanges.map(({ name }) => (
              <option key={name} value={name}>
                {name === '' ? 'default' : name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Routing key
          <input
            className="input"
            value={routingKey}
            spellCheck={false}
            onChange={(event) => typed({ routingKey: event.target.value })}
          />
        </label>
        <label className="field">
          Headers, as JSON
          <input
            className="input"
            value={headers}
            placeholder={exchangeType === 'headers' ? '{"name": "value"}' : 'none'}
            spellCheck={false}
            onChange={(event) => typed({ headers: event.target.value })}
          />
        </label>
        <button type="submit" className="button">
          Follow
        </button>
      </form>
      {problem !== undefined && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {answer && (
        <Answer route={answer} at={topology.source === 'management' ? answeredAt : undefined} />
      )}
    </section>
  );
}
