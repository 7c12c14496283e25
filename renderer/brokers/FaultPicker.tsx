import { useId, useState } from 'react';
import { changeBrokers, useBrokers } from './brokers-store.ts';
import { FaultRules } from './FaultRules.tsx';
import { faultName, faultParameter, faultSpec } from './fault-spec.ts';

/** Lets the embedded broker misbehave in one of the ways that real ones do. */
export function FaultPicker() {
  const active = useBrokers((state) => state.broker?.fault ?? '');
  const faults = useBrokers((state) => state.faults);
  const [typed, setTyped] = useState<{ readonly of: string; readonly value: string }>();
  const explanationId = useId();
  const isRules = /[@+]/.test(active);
  const choice = isRules
    ? undefined
    : faults.find((fault) => faultName(fault.spec) === faultName(active));
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
        value={isRules ? 'rules' : (choice?.spec ?? '')}
        onChange={(event) => {
          if (event.target.value === 'rules') return;
          const chosen = faults.find((fault) => fault.spec === event.target.value);
          setFault(chosen ? faultSpec(chosen, '') : '');
        }}
      >
        <option value="">None</option>
        {isRules && <option value="rules">As the rules say</option>}
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
        {isRules
          ? 'The broker misbehaves as the rules below say.'
          : (choice?.explanation ??
            'Choose how the embedded broker misbehaves, and deliver to see what the policy makes of it.')}
      </p>
      <FaultRules />
    </section>
  );
}
