import { ReproductionNote } from '../log-lines/ReproductionNote.tsx';
import { DeliverRow } from './DeliverRow.tsx';
import { MessageFields } from './MessageFields.tsx';
import { RunSummary } from './RunSummary.tsx';
import { QueueFields } from './QueueFields.tsx';
import { SimulateResult } from './SimulateResult.tsx';
import './simulate.css';

/** The question and its answer. */
export function SimulatePanel() {
  return (
    <div className="simulate">
      <form className="simulate-form" onSubmit={(event) => event.preventDefault()}>
        <QueueFields />
        <MessageFields />
      </form>
      <ReproductionNote />
      <DeliverRow />
      <RunSummary />
      <SimulateResult />
    </div>
  );
}
