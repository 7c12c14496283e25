/** AddressHeader objects in Lua (KumoMTA crates/message/src/address.rs 10-228). */
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import type { LuaState } from '../vm/lua-vm.ts';
import {
  headerAddressEmail,
  type HeaderAddress,
  type HeaderAddressEntry,
} from './header-address.ts';
import type { Installation } from './installation.ts';
import { stringifyJson, type JsonTree } from './json-tree.ts';
import { KumoError } from './kumo-error.ts';
import { defineUserdata } from './userdata-type.ts';

const LIST_TYPE = 'HeaderAddressList';
const ADDRESS_TYPE = 'HeaderAddress';

class AddressList implements DescribedObject {
  readonly entries: readonly HeaderAddressEntry[];
  constructor(entries: readonly HeaderAddressEntry[]) {
    this.entries = entries;
  }

  /** @throws KumoError unless there is exactly one entry and it is no group. */
  single(): HeaderAddress {
    const [only, ...others] = this.entries;
    if (only === undefined) throw new KumoError('no addresses');
    if (others.length > 0) throw new KumoError('is not a simple single address');
    if (only.kind === 'group') throw new KumoError('is not a simple address');
    return only.address;
  }

  describe(): ObjectDescription {
    const emails = this.flatten().map(headerAddressEmail);
    return { text: emails.join(', '), fields: [['list', emails]] };
  }

  /** Groups opened. */
  flatten(): HeaderAddress[] {
    return this.entries.flatMap((entry) =>
      entry.kind === 'address' ? [entry.address] : entry.group.addresses,
    );
  }
}

class ListedAddress implements DescribedObject {
  readonly address: HeaderAddress;

  constructor(address: HeaderAddress) {
    this.address = address;
  }

  describe(): ObjectDescription {
    const { address } = this;
    const email = headerAddressEmail(address);
    return {
      text: email,
      fields: [
        ['name', address.name],
        ['user', address.user],
        ['domain', address.domain],
        ['email', email],
      ],
    };
  }
}

const addressJson = (address: HeaderAddress): JsonTree =>
  new Map([
    ['name', address.name],
    ['address', headerAddressEmail(address)],
  ]);

const entryJson = (entry: HeaderAddressEntry): JsonTree =>
  entry.kind === 'address'
    ? new Map([['Address', addressJson(entry.address)]])
    : new Map([
        [
          'Group',
          new Map<string, JsonTree>([
            ['name', entry.group.name],
            ['addresses', entry.group.addresses.map(addressJson)],
          ]),
        ],
      ]);

export function defineHeaderAddress({ vm }: Installation): void {
  const pushName = (L: LuaState, name: string | null): void => {
    if (name === null) vm.pushNil(L);
    else vm.pushText(L, name);
  };
  defineUserdata<AddressList>(vm, {
    name: LIST_TYPE,
    is: (object): object is AddressList => object instanceof AddressList,
    methods: {},
    fields: {
      user: (L, self) => {
        vm.pushText(L, self.single().user);
      },
      domain: (L, self) => {
        vm.pushText(L, self.single().domain);
      },
      email: (L, self) => {
        vm.pushText(L, headerAddressEmail(self.single()));
      },
      name: (L, self) => {
        pushName(L, self.single().name);
      },
      list: (L, self) => {
        const addresses = self.flatten();
        vm.newTable(L, addresses.length, 0);
        addresses.forEach((address, i) => {
          vm.newUserdata(L, new ListedAddress(address), ADDRESS_TYPE);
          vm.rawSetIndex(L, -2, i + 1);
        });
      },
    },
    metamethods: {
      __tostring: (L, self) => {
        vm.pushText(L, stringifyJson(self.entries.map(entryJson)));
        return 1;
      },
    },
  });
  defineUserdata<ListedAddress>(vm, {
    name: ADDRESS_TYPE,
    is: (object): object is ListedAddress => object instanceof ListedAddress,
    methods: {},
    fields: {
      user: (L, { address }) => {
        vm.pushText(L, address.user);
      },
      domain: (L, { address }) => {
        vm.pushText(L, address.domain);
      },
      email: (L, { address }) => {
        vm.pushText(L, headerAddressEmail(address));
      },
      name: (L, { address }) => {
        pushName(L, address.name);
      },
    },
    metamethods: {
      __tostring: (L, { address }) => {
        vm.pushText(L, stringifyJson(addressJson(address)));
        return 1;
      },
    },
  });
}

export function pushHeaderAddresses(
  { vm }: Installation,
  L: LuaState,
  entries: readonly HeaderAddressEntry[],
): void {
  vm.newUserdata(L, new AddressList(entries), LIST_TYPE);
}
