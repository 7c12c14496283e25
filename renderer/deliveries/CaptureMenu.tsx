import { Menu } from '../controls/Menu.tsx';
import { formatCount } from '../wording/quantities.ts';
import { capture, useDeliveries } from './deliveries-store.ts';

/** Chooses what is recorded of the deliveries to come; the others are only counted. */
export function CaptureMenu({ notRecorded }: { readonly notRecorded: number }) {
  const { text, verdicts } = useDeliveries((state) => state.capture);
  const shown = useDeliveries((state) => state.filter);
  const all = text === '' && verdicts.length === 0;
  const problems = text === '' && verdicts.length === 1 && verdicts[0] === 'problem';
  const what = all ? 'all' : problems ? 'problems' : 'filtered';
  return (
    <Menu
      button={
        <>
          Records {what}
          {notRecorded > 0 && (
            <span className="num faint"> {formatCount(notRecorded)} only counted</span>
          )}
        </>
      }
      label="What is recorded from now on"
      items={[
        {
          id: 'all',
          label: 'Record all deliveries',
          onChoose: () => void capture({ text: '', verdicts: [] }),
        },
        {
          id: 'problems',
          label: 'Record problems only',
          onChoose: () => void capture({ text: '', verdicts: ['problem'] }),
        },
        {
          id: 'shown',
          label: 'Record what the filter shows now',
          onChoose: () => void capture(shown),
        },
      ]}
    />
  );
}
