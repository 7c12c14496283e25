import type { WireConnection } from '../../electron/bridge/contract.ts';
import { formatClockTime, formatQuantity } from '../wording/quantities.ts';
import { chooseConnection, shownConnection, useWire } from './wire-store.ts';

function connectionName({ id, at, purpose, address, frames }: WireConnection): string {
  const time = formatClockTime(at).slice(0, 8);
  return `${id}, ${time}, ${purpose} ${purpose === 'test' ? 'of' : 'to'} ${address}, ${formatQuantity(frames, 'frame')}`;
}

/** The connections whose frames are recorded, newest first. */
export function ConnectionSelect() {
  const connections = useWire((state) => state.connections);
  const shown = useWire(shownConnection);
  return (
    <select
      className="input wire-connection"
      aria-label="Connection"
      title={shown && connectionName(shown)}
      value={shown?.id}
      onChange={(event) => chooseConnection(Number(event.target.value))}
    >
      {connections.toReversed().map((connection) => (
        <option key={connection.id} value={connection.id}>
          {connectionName(connection)}
        </option>
      ))}
    </select>
  );
}
