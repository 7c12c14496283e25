import { changeBrokers, useBrokers } from './brokers-store.ts';

/** Which RabbitMQ the embedded broker is like, and what that changes. */
export function DialectSection() {
  const active = useBrokers((state) => state.broker?.dialect);
  const dialects = useBrokers((state) => state.dialects);
  const choice = dialects.find(({ name }) => name === active);
  if (!choice) return null;
  return (
    <section className="section" aria-label="Dialect">
      <h3 className="section-title">
        Dialect <small>embedded broker</small>
      </h3>
      <select
        className="input"
        aria-label="RabbitMQ that the embedded broker is like"
        value={choice.name}
        onChange={({ target: { value: dialect } }) =>
          void changeBrokers('brokers.setDialect', { dialect }, { dialect })
        }
      >
        {dialects.map(({ name, title }) => (
          <option key={name} value={name}>
            As {title}
          </option>
        ))}
      </select>
      <details className="broker-note dialect-changes">
        <summary>What that changes</summary>
        <dl>
          {choice.changes.map(({ title, says }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
