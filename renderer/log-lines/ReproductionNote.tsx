import { useBrokers } from '../brokers/brokers-store.ts';
import { Callout } from '../controls/Callout.tsx';
import { useSimulate } from '../simulate/simulate-store.ts';
import { forgetLine } from './reproduction-store.ts';
import { TurnOnFault } from './TurnOnFault.tsx';
import './log-lines.css';

/** What the form stands for, and how to make it happen again. */
export function ReproductionNote() {
  const line = useSimulate((state) => state.line);
  const active = useBrokers((state) => state.broker?.fault);
  if (line === undefined) return null;
  const { outcome, words, cause } = line;
  const fault = cause?.fault;
  const isOn = fault !== undefined && active === fault;
  return (
    <div className="reproduction">
      <Callout
        tone="info"
        title={`kumod logged ${outcome.type} ${outcome.code}`}
        actions={
          <>
            <TurnOnFault fault={fault} />
            <button type="button" className="button" onClick={forgetLine}>
              Done
            </button>
          </>
        }
      >
        <p className="mono reproduction-words" tabIndex={0}>
          {words}
        </p>
        {cause && <p>{cause.text}</p>}
        {isOn && (
          <p>
            The embedded broker has the fault <code>{fault}</code>.
          </p>
        )}
        <p>Deliver, and the recording says whether it ends the same way.</p>
      </Callout>
    </div>
  );
}
