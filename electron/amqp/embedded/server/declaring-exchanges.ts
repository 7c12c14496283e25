import { assertExchangeType } from '../engine/exchange.ts';
import {
  assertNotDefaultExchange,
  assertNotReserved,
  described,
  withoutLineEnds,
} from '../engine/names.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { ChannelHost } from './channel-host.ts';
import { referencedExchange } from './referenced-exchange.ts';

/** Throws what RabbitMQ throws, in the order in which it looks (`rabbit_channel:handle_method/6`). */
export function declareExchange(
  host: ChannelHost,
  args: MethodArguments<'exchange.declare'>,
): void {
  const { access, services, vhost } = host;
  const name = withoutLineEnds(args.exchange);
  if (args.passive) {
    assertNotDefaultExchange(name);
    vhost.exchange(name);
    return;
  }
  assertExchangeType(args.type, services.dialect);
  assertNotDefaultExchange(name);
  access.assert('configure', 'exchange', name);
  if (!vhost.exchanges.has(name)) {
    assertNotReserved('exchange', name);
    const of = described('exchange', name, vhost.name);
    const alternate = referencedExchange(args.arguments, 'alternate-exchange', of);
    if (alternate !== undefined) {
      access.assert('read', 'exchange', name);
      access.assert('write', 'exchange', alternate);
    }
  }
  vhost.declareExchange({ ...args, name });
}

export function deleteExchange(
  { access, vhost }: ChannelHost,
  args: MethodArguments<'exchange.delete'>,
): void {
  const name = withoutLineEnds(args.exchange);
  assertNotDefaultExchange(name);
  if (!name.startsWith('amq.')) access.assert('configure', 'exchange', name);
  vhost.deleteExchange(name, args.ifUnused);
}
