import { useEffect, useState } from 'react';
import type { CallOutput } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Callout } from '../controls/Callout.tsx';
import { notify } from '../shell/notices-store.ts';
import { useReproduction } from './reproduction-store.ts';
import { TurnOnFault } from './TurnOnFault.tsx';
import './log-lines.css';

interface LoggedComparisonProps {
  readonly recording: CallOutput<'deliveries.recording'>;
}

/** Of a delivery that stands for a line of kumod's log: whether it ended as the line says. */
export function LoggedComparison({ recording: { row, entries } }: LoggedComparisonProps) {
  const line = useReproduction((state) => state.ofRuns.get(row.runId));
  const [compared, setCompared] = useState<CallOutput<'logLines.compare'>>();
  const record = entries.find((entry) => entry.kind === 'record')?.record;
  const isMeant = row.message === 1 && line !== undefined && record !== undefined;

  useEffect(() => {
    if (!isMeant) return;
    let wanted = true;
    workbench.call('logLines.compare', { logged: line.outcome, record }).then(
      (answer) => wanted && setCompared(answer),
      (error: unknown) => notify(sentenceOf(error), 'fail'),
    );
    return () => {
      wanted = false;
    };
  }, [isMeant, line, record]);

  if (!isMeant || compared === undefined) return null;
  const { differences } = compared;
  if (differences.length === 0) {
    return (
      <div className="recording-callout">
        <Callout tone="info" title="Reproduced">
          <p>It ended as the line of kumod’s log says.</p>
        </Callout>
      </div>
    );
  }
  return (
    <div className="recording-callout">
      <Callout
        tone="warn"
        title="Not as kumod’s log says"
        actions={<TurnOnFault fault={line.cause?.fault} />}
      >
        <table className="logged-differences">
          <thead>
            <tr>
              <td />
              <th scope="col">Log line</th>
              <th scope="col">Here</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ what, logged: there, here }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td className="mono">{there || 'empty'}</td>
                <td className="mono">{here || 'empty'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Callout>
    </div>
  );
}
