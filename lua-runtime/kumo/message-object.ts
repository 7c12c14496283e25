/**
 * The message object of Lua over a `PolicyMessage` (KumoMTA crates/message/src/message.rs 1670-2045).
 * Nothing is spooled here, so `save` and the shrinking methods change nothing that a script can see.
 */
import type { LuaState } from '../vm/lua-vm.ts';
import { defineAddress, pushAddress, readAddress, readAddresses } from './address-object.ts';
import type { Arguments } from './arguments.ts';
import { formatDueTime, readDueTime } from './due-time.ts';
import { parseAddressList, type HeaderAddressEntry } from './header-address.ts';
import { defineHeaderAddress, pushHeaderAddresses } from './header-address-object.ts';
import {
  appendField,
  encodeUnstructured,
  fieldValue,
  parseHeaderBlock,
  prependField,
  retainFields,
  sameHeaderName,
  unfoldedValue,
  type HeaderField,
} from './header-block.ts';
import type { Installation } from './installation.ts';
import { luaTreeToJson, pushJsonTree } from './json-tree.ts';
import { KumoError } from './kumo-error.ts';
import { readLuaTree } from './lua-tree.ts';
import { PolicyMessage } from './policy-message.ts';
import { defineUserdata, type UserdataMethod } from './userdata-type.ts';

export const MESSAGE_TYPE = 'Message';
type Methods = { readonly [name: string]: UserdataMethod<PolicyMessage> };

export function defineMessage(installation: Installation): void {
  defineAddress(installation.vm);
  defineHeaderAddress(installation);
  defineUserdata<PolicyMessage>(installation.vm, {
    name: MESSAGE_TYPE,
    is: (object): object is PolicyMessage => object instanceof PolicyMessage,
    readers: [
      ...['id', 'num_attempts', 'get_meta', 'get_data', 'queue_name', 'sender', 'recipient'],
      ...['recipient_list', 'get_first_named_header_value', 'get_all_named_header_values'],
      ...['get_all_headers', 'get_address_header', 'from_header', 'to_header'],
    ],
    methods: plainMethods(installation),
    asyncMethods: {
      ...metadataMethods(installation),
      ...envelopeMethods(installation),
      ...headerMethods(installation),
      ...addressHeaderMethods(installation),
      ...spoolMethods(installation),
    },
  });
}

function plainMethods({ vm }: Installation): Methods {
  return {
    id: (L, self) => {
      vm.pushText(L, self.id);
      return 1;
    },
    num_attempts: (L, self) => {
      vm.pushInteger(L, self.numAttempts);
      return 1;
    },
    increment_num_attempts: (_L, self) => {
      self.numAttempts++;
      return 0;
    },
    set_data: (_L, self, args) => {
      self.data = args.bytes(2);
      return 0;
    },
    set_force_sync: (_L, self, args) => {
      self.forceSync = args.boolean(2);
      return 0;
    },
  };
}

function metadataMethods({ vm }: Installation): Methods {
  return {
    get_meta: (L, self, args) => {
      pushJsonTree(vm, L, self.getMeta(args.string(2)));
      return 1;
    },
    set_meta: (L, self, args) => {
      const name = args.string(2);
      self.setMeta(name, luaTreeToJson(readLuaTree(vm, L, 3)));
      return 0;
    },
    get_data: (L, self) => {
      vm.pushBytes(L, self.data);
      return 1;
    },
    queue_name: (L, self) => {
      vm.pushText(L, queueName(self));
      return 1;
    },
  };
}

/** @throws KumoError when a metadata value that counts is no string, or there is no recipient. */
function queueName(message: PolicyMessage): string {
  try {
    return message.queueName();
  } catch (error) {
    throw new KumoError((error as Error).message);
  }
}

function envelopeMethods({ vm }: Installation): Methods {
  const pushRecipients = (L: LuaState, self: PolicyMessage): number => {
    vm.newTable(L, self.recipients.length, 0);
    self.recipients.forEach((recipient, i) => {
      pushAddress(vm, L, recipient);
      vm.rawSetIndex(L, -2, i + 1);
    });
    return 1;
  };
  return {
    sender: (L, self) => {
      pushAddress(vm, L, self.sender);
      return 1;
    },
    set_sender: (L, self) => {
      self.sender = readAddress(vm, L, 2);
      return 0;
    },
    recipient: (L, self) => {
      const [only, ...others] = self.recipients;
      if (others.length > 0) return pushRecipients(L, self);
      if (only === undefined) vm.pushNil(L);
      else pushAddress(vm, L, only);
      return 1;
    },
    recipient_list: pushRecipients,
    set_recipient: (L, self) => {
      self.recipients = readAddresses(vm, L, 2);
      return 0;
    },
  };
}

function headerMethods({ vm }: Installation): Methods {
  const named = (self: PolicyMessage, name: string): HeaderField[] =>
    parseHeaderBlock(self.data).fields.filter((field) => sameHeaderName(field.name, name));
  const added = (args: Arguments): [name: string, value: string] => {
    const name = args.string(2);
    const value = args.string(3);
    return [name, args.boolean(4) ? encodeUnstructured(value) : value];
  };
  return {
    get_first_named_header_value: (L, self, args) => {
      const [first] = named(self, args.string(2));
      if (first === undefined) vm.pushNil(L);
      else vm.pushText(L, fieldValue(first));
      return 1;
    },
    get_all_named_header_values: (L, self, args) => {
      pushJsonTree(vm, L, named(self, args.string(2)).map(fieldValue));
      return 1;
    },
    get_all_headers: (L, self) => {
      const { fields } = parseHeaderBlock(self.data);
      pushJsonTree(
        vm,
        L,
        fields.map((field) => [field.name, fieldValue(field)]),
      );
      return 1;
    },
    prepend_header: (_L, self, args) => {
      self.data = prependField(self.data, ...added(args));
      return 0;
    },
    append_header: (_L, self, args) => {
      const [name, value] = added(args);
      try {
        self.data = appendField(self.data, name, value);
      } catch (error) {
        throw new KumoError((error as Error).message);
      }
      return 0;
    },
    remove_all_named_headers: (_L, self, args) => {
      const name = args.string(2);
      self.data = retainFields(self.data, (field) => !sameHeaderName(field.name, name));
      return 0;
    },
    remove_x_headers: (_L, self, args) => {
      const wanted = headerFilter(args.optionalStrings(2));
      self.data = retainFields(self.data, (field) => !wanted(field));
      return 0;
    },
    import_x_headers: (_L, self, args) => {
      const wanted = headerFilter(args.optionalStrings(2));
      for (const field of parseHeaderBlock(self.data).fields) {
        if (!wanted(field)) continue;
        self.setMeta(field.name.toLowerCase().replaceAll('-', '_'), fieldValue(field));
      }
      return 0;
    },
  };
}

function addressHeaderMethods(installation: Installation): Methods {
  const { vm } = installation;
  const push = (L: LuaState, self: PolicyMessage, name: string): number => {
    const { fields } = parseHeaderBlock(self.data);
    const field = fields.find((candidate) => sameHeaderName(candidate.name, name));
    if (field === undefined) {
      vm.pushNil(L);
      return 1;
    }
    pushHeaderAddresses(installation, L, addressesOf(field));
    return 1;
  };
  return {
    get_address_header: (L, self, args) => push(L, self, args.string(2)),
    from_header: (L, self) => push(L, self, 'From'),
    to_header: (L, self) => push(L, self, 'To'),
  };
}

/** @throws KumoError when the field holds no address list. */
function addressesOf(field: HeaderField): HeaderAddressEntry[] {
  try {
    return parseAddressList(unfoldedValue(field));
  } catch (error) {
    throw new KumoError((error as Error).message);
  }
}

/** The named headers, or every `X-` header when no names are given. */
function headerFilter(names: readonly string[] | undefined): (field: HeaderField) => boolean {
  if (names === undefined || names.length === 0) {
    return ({ name }) => name.toLowerCase().startsWith('x-');
  }
  return (field) => names.some((name) => sameHeaderName(field.name, name));
}

function spoolMethods({ vm }: Installation): Methods {
  return {
    set_due: (L, self) => {
      self.due = readDueTime(readLuaTree(vm, L, 2));
      if (self.due === undefined) vm.pushNil(L);
      else vm.pushText(L, formatDueTime(self.due));
      return 1;
    },
    save: () => 0,
    shrink: (L) => {
      vm.pushBoolean(L, true);
      return 1;
    },
    shrink_data: (L, self) => {
      vm.pushBoolean(L, self.data.length > 0);
      return 1;
    },
  };
}
