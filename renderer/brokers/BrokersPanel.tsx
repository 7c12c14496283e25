import { ConfirmSection } from './ConfirmSection.tsx';
import { DialectSection } from './DialectSection.tsx';
import { FaultPicker } from './FaultPicker.tsx';
import { ProfileSection } from './ProfileSection.tsx';
import { QueueSection } from './QueueSection.tsx';
import './brokers.css';

/** The left side: where deliveries go, and how that broker behaves. */
export function BrokersPanel() {
  return (
    <div className="brokers">
      <h2 className="side-title">Brokers</h2>
      <ProfileSection />
      <FaultPicker />
      <DialectSection />
      <ConfirmSection />
      <QueueSection />
    </div>
  );
}
