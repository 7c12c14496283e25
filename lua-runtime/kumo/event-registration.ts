/**
 * `kumo.on` (KumoMTA crates/kumo-server-common/src/lib.rs 123-181): seven events take many handlers,
 * every other name takes one, and any name is accepted.
 */
import { LuaType, type LuaState } from '../vm/lua-vm.ts';
import type { Arguments } from './arguments.ts';
import { eventKind } from './events.ts';
import type { Installation } from './installation.ts';
import type { Registration, Registrations } from './kumo-module.ts';
import { KumoError } from './kumo-error.ts';
import { definitionLocation } from './source-location.ts';

const CURRENT_EVENT = '_KUMO_CURRENT_EVENT';
/** The one event whose handler may register others. */
const SCRIPT_EVENT = 'main';
const NO_HANDLERS: readonly Registration[] = [];

export class EventRegistry implements Registrations {
  private readonly installation: Installation;
  private readonly registered: Registration[] = [];
  private readonly byEvent = new Map<string, Registration[]>();

  constructor(installation: Installation) {
    this.installation = installation;
  }

  all(): readonly Registration[] {
    return this.registered;
  }

  handlers(event: string): readonly Registration[] {
    return this.byEvent.get(event) ?? NO_HANDLERS;
  }

  unknown(constructorEvents: ReadonlySet<string>): readonly Registration[] {
    return this.registered.filter(
      ({ kind, event }) => kind === 'other' && !constructorEvents.has(event),
    );
  }

  setCurrentEvent(event: string): void {
    const { vm } = this.installation;
    vm.pushText(vm.main, event);
    vm.setGlobal(vm.main, CURRENT_EVENT);
  }

  /** `kumo.on(event, function)`. */
  readonly on = (L: LuaState, args: Arguments): number => {
    const { vm } = this.installation;
    const event = args.string(1);
    args.function(2);
    this.refuseInsideHandler(L, event);
    const kind = eventKind(event);
    const existing = this.byEvent.get(event);
    if (existing !== undefined && kind !== 'multi') throw this.alreadyHandled(L, event, existing);

    const registeredAt = this.installation.callSite(L);
    vm.pushValue(L, 2);
    const location = definitionLocation(vm.functionInfo(L));
    vm.pushValue(L, 2);
    const registration: Registration = {
      event,
      kind,
      ref: vm.ref(L),
      ...(location === undefined ? {} : { location }),
      ...(registeredAt === undefined ? {} : { registeredAt }),
    };
    this.registered.push(registration);
    if (existing === undefined) this.byEvent.set(event, [registration]);
    else existing.push(registration);
    return 0;
  };

  private refuseInsideHandler(L: LuaState, event: string): void {
    const { vm } = this.installation;
    const isText = vm.getGlobal(L, CURRENT_EVENT) === LuaType.string;
    const current = isText ? vm.toText(L, -1) : undefined;
    vm.pop(L, 1);
    if (current === undefined || current === SCRIPT_EVENT) return;
    throw new KumoError(
      `Attempting to register an event handler via \`kumo.on('${event}', ...)\` from within the ` +
        `event handler '${current}'. You must move your event handler registration so that it is ` +
        'setup directly when the policy is loaded in order for it to consistently trigger and ' +
        'handle events.',
    );
  }

  private alreadyHandled(L: LuaState, event: string, [first]: readonly Registration[]): KumoError {
    const { vm } = this.installation;
    if (first === undefined) return new KumoError(`${event} event already has a handler`);
    vm.pushRef(L, first.ref);
    const { source, lineDefined } = vm.functionInfo(L);
    const name = source.replace(/^[@=]/, '');
    return new KumoError(
      `${event} event already has a handler defined at ${name}:${String(lineDefined)}`,
    );
  }
}
