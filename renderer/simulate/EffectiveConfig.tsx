import { useMemo } from 'react';
import type { QueueResolution } from '../../electron/bridge/contract.ts';
import { configFields } from './effective-config.ts';

/** Every field of the queue config: what the policy set, and what is default. */
export function EffectiveConfig({ resolution }: { readonly resolution: QueueResolution }) {
  const fields = useMemo(() => configFields(resolution), [resolution]);
  if (!resolution.config) return null;
  const set = resolution.fields_set.length;
  const defaults = Object.keys(resolution.config).length - set;
  return (
    <section className="section" aria-label="Effective queue config">
      <h3 className="section-title">
        Effective queue config
        <small>
          {set} set, {defaults} default
        </small>
      </h3>
      <dl className="config">
        {fields.map((field) => (
          <div key={field.name} className="config-row" data-set={field.isSet}>
            <dt className="clip">{field.name}</dt>
            <dd className="clip" title={field.value}>
              {field.value}
              <span className="only-read-aloud">{field.isSet ? ', set' : ', default'}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
