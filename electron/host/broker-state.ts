/** What the shell shows of the brokers: profiles, the active one, and the embedded one inside. */
import { formatAddress } from '../amqp/client/amqp-uri.ts';
import type { BrokerProfile } from '../bridge/broker-profiles.ts';
import type { BrokerState } from '../bridge/brokers.ts';
import type { BrokerProfiles, StoredProfile } from './broker-profiles.ts';
import type { CurrentWorkspace } from './current-workspace.ts';
import type { EmbeddedBrokerService } from './embedded-broker-service.ts';

export function brokerStateOf(
  workspace: CurrentWorkspace,
  profiles: BrokerProfiles,
  embedded: EmbeddedBrokerService,
  presence: BrokerState['presence'],
): BrokerState {
  const inside = embedded.describe();
  const embeddedAddress =
    inside.port === undefined ? undefined : `amqp://guest@127.0.0.1:${inside.port}/%2F`;

  function profileOf(profile: StoredProfile): BrokerProfile {
    const { id, kind, name, confirms, confirmTimeoutMs } = profile;
    const shared = { id, kind, name, confirms, confirmTimeoutMs };
    if (profile.kind === 'broker') {
      const password = profiles.passwordPlace(id);
      return {
        ...shared,
        address: formatAddress(profile.connection),
        connection: profile.connection,
        ...(password === undefined ? {} : { password }),
      };
    }
    const shown = kind === 'as-written' || embeddedAddress === undefined;
    return { ...shared, ...(shown ? {} : { address: embeddedAddress }) };
  }

  return {
    active: profiles.activeIn(workspace.root, workspace.trust).id,
    profiles: profiles.list().map(profileOf),
    secretsIn: profiles.secretsIn,
    dialect: profiles.dialect,
    ...inside,
    ...(presence === undefined ? {} : { presence }),
  };
}
