/**
 * EnvelopeAddress in Lua (KumoMTA crates/rfc5321/src/parser.rs 522-550): fields `user`, `domain`,
 * `email`, and tostring.
 */
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import { LuaType, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import { asString, asArray, type Decoder } from './deserialize.ts';
import { fromValue } from './from-lua-value.ts';
import {
  addressDomain,
  addressUser,
  formatAddress,
  parseEnvelopeAddress,
  type EnvelopeAddress,
} from './envelope-address.ts';
import { KumoError } from './kumo-error.ts';
import { LuaOpaque, readLuaTree, type LuaTree } from './lua-tree.ts';
import { defineUserdata } from './userdata-type.ts';

const TYPE = 'EnvelopeAddress';

class AddressObject implements DescribedObject {
  readonly address: EnvelopeAddress;

  constructor(address: EnvelopeAddress) {
    this.address = address;
  }

  describe(): ObjectDescription {
    const { address } = this;
    const email = formatAddress(address);
    return {
      text: email,
      fields: [
        ['user', addressUser(address)],
        ['domain', addressDomain(address)],
        ['email', email],
      ],
    };
  }
}

export function defineAddress(vm: LuaVm): void {
  const field =
    (read: (address: EnvelopeAddress) => string) =>
    (L: LuaState, self: AddressObject): void => {
      vm.pushText(L, read(self.address));
    };
  defineUserdata<AddressObject>(vm, {
    name: TYPE,
    is: (object): object is AddressObject => object instanceof AddressObject,
    methods: {},
    fields: {
      user: field(addressUser),
      domain: field(addressDomain),
      email: field(formatAddress),
    },
    metamethods: {
      __tostring: (L, self) => {
        vm.pushText(L, formatAddress(self.address));
        return 1;
      },
    },
  });
}

export function pushAddress(vm: LuaVm, L: LuaState, address: EnvelopeAddress): void {
  vm.newUserdata(L, new AddressObject(address), TYPE);
}

/** An address object, for the recording. */
export function addressOf(object: object | undefined): EnvelopeAddress | undefined {
  return object instanceof AddressObject ? object.address : undefined;
}

/**
 * A string or an address object.
 * @throws KumoError
 */
export function readAddress(vm: LuaVm, L: LuaState, index: number): EnvelopeAddress {
  const address = addressOf(vm.toObject(L, index));
  return address ?? fromValue(readLuaTree(vm, L, index), asAddress);
}

/** The same, or an array of them. */
export function readAddresses(vm: LuaVm, L: LuaState, index: number): EnvelopeAddress[] {
  if (vm.type(L, index) !== LuaType.table) return [readAddress(vm, L, index)];
  return fromValue(readLuaTree(vm, L, index), asArray(asAddress));
}

const asAddress: Decoder<EnvelopeAddress> = (value: LuaTree) => {
  if (value instanceof LuaOpaque) {
    const address = addressOf(value.object);
    if (address !== undefined) return address;
  }
  const text = asString(value);
  try {
    return parseEnvelopeAddress(text);
  } catch (error) {
    throw new KumoError((error as Error).message);
  }
};
