import { useId, useState } from 'react';
import { changeBrokers, useBrokers } from './brokers-store.ts';
import { faultName, faultParameter, faultSpec } from './fault-spec.ts';

/** Lets the embedded broker misbehave in one of the ways that real ones do. */
export function FaultPicker() {
  const active = useBrokers((state) => state.broker?.fault ?? '');
  const faults = useBrokers((state) => state.faults);
  const [typed, setTyped] = useState<{ readonly of: string; readonly value: string }>();
  const explanationId = useId();
  const choice = faults.find((fault) => faultName(fault.spec) === faultName(active));
  const parameter = typed?.of === active ? typed.value : faultParameter(active);

  function setFault(fault: string): void {
    void changeBrokers('brokers.setFault', { fault }, { fault });
  }

  return (
    <section className="section" aria-label="Fault">
      <h3 className="section-title">
        Fault <small>embedded broker</small>
      </h3>
      <select
        className="input"
        id="fault-picker"
        aria-label="Fault of the embedded broker"
        aria-describedby={explanationId}
        value={choice?.spec ?? ''}
        onChange={(event) => {
          const chosen = faults.find((fault) => fault.spec === event.target.value);
          setFault(chosen ? faultSpec(chosen, '') : '');
        }}
      >
        <option value="">None</option>
        {faults.map((fault) => (
          <option key={fault.spec} value={fault.spec}>
            {fault.title}
          </option>
        ))}
      </select>
      {choice?.parameter && (
        <form
          className="fault-parameter"
          onSubmit={(event) => {
            event.preventDefault();
            setFault(faultSpec(choice, parameter));
          }}
        >
          <label className="field">
            {choice.parameter.name}
            <input
              className="input"
              value={parameter}
              placeholder={choice.parameter.example}
              onChange={(event) => setTyped({ of: active, value: event.target.value })}
              onBlur={() => typed?.of === active && setFault(faultSpec(choice, parameter))}
            />
          </label>
        </form>
      )}
      <p className="broker-note" id={explanationId}>
        {choice?.explanation ??
          'Choose how the embedded broker misbehaves, and deliver to see what the policy makes of it.'}
      </p>
    </section>
  );
}
