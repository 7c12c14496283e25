import { editQueueName, editQueuePart } from './edit-queue-name.ts';
import type { QueueParts } from './queue-name.ts';
import { useSimulate } from './simulate-store.ts';

function Part({ part, label }: { readonly part: keyof QueueParts; readonly label: string }) {
  const value = useSimulate((state) => state.parts[part]);
  return (
    <label className="field">
      {label}
      <input
        className="input"
        id={`simulate-${part}`}
        value={value}
        placeholder="none"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => editQueuePart(part, event.target.value)}
      />
    </label>
  );
}

/** The queue name and its parts, each filling the other. */
export function QueueFields() {
  const queue = useSimulate((state) => state.queue);
  return (
    <>
      <Part part="domain" label="Domain" />
      <Part part="routingDomain" label="Routing domain" />
      <Part part="tenant" label="Tenant" />
      <Part part="campaign" label="Campaign" />
      <label className="field wide">
        Queue name
        <input
          className="input"
          value={queue}
          placeholder="campaign:tenant@domain!routing_domain"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => editQueueName(event.target.value)}
        />
      </label>
    </>
  );
}
