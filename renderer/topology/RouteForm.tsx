import type { SubmitEvent } from 'react';
import type { Route, Topology } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { exchangeName } from './exchange-name.ts';
import { askAnew, useTopology } from './topology-store.ts';

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

function Answer({ route }: { readonly route: Route }) {
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
  const question = useTopology((state) => state.question);
  const { routingKey, headers, answer: route, problem } = question;
  // The exchange may be one of a broker that is no longer looked at.
  const known = topology.exchanges.some(({ name }) => name === question.exchange);
  const exchange = known ? question.exchange : '';
  const type = topology.exchanges.find((one) => one.name === exchange)?.type;

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    askAnew({ answer: undefined });
    try {
      const table = headers.trim() === '' ? {} : (JSON.parse(headers) as Record<string, string>);
      const input = { exchange, routingKey, headers: table };
      askAnew({ answer: await workbench.call('brokers.route', input), problem: undefined });
    } catch (error) {
      askAnew({
        problem:
          error instanceof SyntaxError
            ? 'The headers are no JSON object; write them as {"name": "value"}.'
            : sentenceOf(error),
      });
    }
  }

  return (
    <section aria-label="Where would it go?">
      <h3 className="section-title">Where would it go?</h3>
      <form className="route-form" onSubmit={(event) => void ask(event)}>
        <label className="field">
          Exchange
          <select
            className="input"
            value={exchange}
            onChange={(event) => askAnew({ exchange: event.target.value })}
          >
            {topology.exchanges.map(({ name }) => (
              <option key={name} value={name}>
                {exchangeName(name)}
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
            onChange={(event) => askAnew({ routingKey: event.target.value })}
          />
        </label>
        <label className="field">
          Headers, as JSON
          <input
            className="input"
            value={headers}
            placeholder={type === 'headers' ? '{"name": "value"}' : 'none'}
            spellCheck={false}
            onChange={(event) => askAnew({ headers: event.target.value })}
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
      {route && <Answer route={route} />}
    </section>
  );
}
