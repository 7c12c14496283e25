import { Menu } from '../controls/Menu.tsx';
import { formatBytes } from '../wording/quantities.ts';
import { refreshRecent } from './deliver.ts';
import { editQueueName } from './edit-queue-name.ts';
import { fillForm, useSimulate } from './simulate-store.ts';
import { showAnswer } from '../shell/layout-store.ts';

/** The last questions that were delivered. */
export function RecentForms() {
  const recent = useSimulate((state) => state.recent);
  return (
    <Menu
      button="Recent"
      label="Recent messages"
      onOpen={() => void refreshRecent()}
      items={
        recent.length === 0
          ? [{ id: 'none', label: 'Nothing delivered yet.', onChoose: () => undefined }]
          : recent.map((form, index) => ({
              id: String(index),
              label: (
                <>
                  <span className="mono clip">{form.queue}</span>
                  <span className="faint clip">
                    {form.recipient || 'no recipient'}, {formatBytes(form.body.length)}
                  </span>
                </>
              ),
              onChoose: () => {
                showAnswer('simulate');
                fillForm(form);
                editQueueName(form.queue);
              },
            }))
      }
    />
  );
}
