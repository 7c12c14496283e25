/** The parts of a scheduled queue name as the form holds them: an empty string means "none". */
export interface QueueParts {
  readonly domain: string;
  readonly tenant: string;
  readonly campaign: string;
  readonly routingDomain: string;
}

/**
 * Writes a scheduled queue name: `[ [campaign ":"] tenant "@" ] domain [ "!" routing_domain ]`; a
 * campaign without a tenant is written `campaign:@domain`.
 *
 * KumoMTA crates/message/src/queue_name.rs 56-78.
 */
export function buildQueueName({ domain, tenant, campaign, routingDomain }: QueueParts): string {
  const origin = campaign !== '' ? `${campaign}:${tenant}@` : tenant !== '' ? `${tenant}@` : '';
  const route = routingDomain !== '' ? `!${routingDomain}` : '';
  return `${origin}${domain}${route}`;
}
