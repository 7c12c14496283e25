import type { DeliveryCounts, DeliveryFilter } from '../../electron/bridge/contract.ts';
import { VerdictShape } from '../controls/VerdictShape.tsx';
import { formatCount } from '../wording/quantities.ts';
import { toggleVerdict, useDeliveries } from './deliveries-store.ts';
import { verdictLook } from './verdict-words.ts';

type Choice = Exclude<DeliveryFilter['verdicts'][number], 'problem'>;

const always: readonly Choice[] = ['acked', 'nacked', 'unroutable', 'unconfirmed'];
const choices: readonly Choice[] = [...always, 'failed', 'none', 'silent-loss'];

function countOf(choice: Choice, counts: DeliveryCounts): number {
  return choice === 'silent-loss' ? counts.silentLoss : counts[choice];
}

/** How many of each verdict; pressed ones are shown alone. */
export function VerdictChips({ counts }: { readonly counts: DeliveryCounts }) {
  const chosen = useDeliveries((state) => state.filter.verdicts);
  const shown = choices.filter(
    (choice) => always.includes(choice) || countOf(choice, counts) > 0 || chosen.includes(choice),
  );
  return (
    <div className="chips" role="group" aria-label="Show only these verdicts">
      {shown.map((choice) => {
        const look =
          choice === 'silent-loss'
            ? ({ word: 'silent loss', tone: 'fail', shape: 'failed' } as const)
            : verdictLook(choice === 'none' ? undefined : choice);
        return (
          <button
            key={choice}
            type="button"
            className="chip"
            data-tone={look.tone}
            aria-pressed={chosen.includes(choice)}
            onClick={() => toggleVerdict(choice)}
          >
            <span className={`verdict tone-${look.tone}`}>
              <VerdictShape shape={look.shape} />
            </span>
            <b className="num">{formatCount(countOf(choice, counts))}</b> {look.word}
          </button>
        );
      })}
    </div>
  );
}
