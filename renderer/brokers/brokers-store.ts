import { create } from 'zustand';
import type {
  BrokerState,
  CallInput,
  DialectChoice,
  FaultChoice,
  FaultCondition,
} from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';

interface BrokersStore {
  readonly broker: BrokerState | undefined;
  readonly dialects: readonly DialectChoice[];
  readonly faults: readonly FaultChoice[];
  readonly faultConditions: readonly FaultCondition[];
}

export const useBrokers = create<BrokersStore>()(() => ({
  broker: undefined,
  dialects: [],
  faults: [],
  faultConditions: [],
}));

type BrokerCall =
  | 'brokers.select'
  | 'brokers.save'
  | 'brokers.configure'
  | 'brokers.remove'
  | 'brokers.setDialect'
  | 'brokers.setFault'
  | 'brokers.declareExchange'
  | 'brokers.declareQueue';

/**
 * Changes something about the brokers and shows the state that follows.
 *
 * @param expected what is shown until the host has answered
 * @returns whether it was done; when not, the person was told why
 */
export async function changeBrokers<N extends BrokerCall>(
  name: N,
  input: CallInput<N>,
  expected: Partial<BrokerState> = {},
): Promise<boolean> {
  const before = useBrokers.getState().broker;
  if (before) useBrokers.setState({ broker: { ...before, ...expected } });
  try {
    const broker = await workbench.call(name, input);
    useBrokers.setState({ broker });
    return true;
  } catch (error) {
    useBrokers.setState({ broker: before });
    notify(sentenceOf(error), 'fail');
    return false;
  }
}

/** Keeps the brokers in step with the host. */
export function followBrokers(): void {
  workbench.on('broker', (broker) => {
    const before = useBrokers.getState().broker?.presence?.at;
    const { presence, active } = broker;
    // The embedded broker goes when a person has told it to.
    if (presence && presence.at !== before && active !== 'embedded') {
      notify(
        presence.state === 'gone'
          ? 'The broker is gone: what was under way is unconfirmed. The Brokers panel says more.'
          : 'The broker is back.',
      );
    }
    useBrokers.setState({ broker });
  });
  workbench.call('brokers.state', {}).then(
    (broker) => useBrokers.setState({ broker }),
    (error: unknown) => notify(sentenceOf(error), 'fail'),
  );
  workbench.call('brokers.dialects', {}).then(
    (dialects) => useBrokers.setState({ dialects }),
    (error: unknown) => notify(sentenceOf(error), 'fail'),
  );
  workbench.call('brokers.faults', {}).then(
    (faults) => useBrokers.setState({ faults }),
    (error: unknown) => notify(sentenceOf(error), 'fail'),
  );
  workbench.call('brokers.faultConditions', {}).then(
    (faultConditions) => useBrokers.setState({ faultConditions }),
    (error: unknown) => notify(sentenceOf(error), 'fail'),
  );
}
