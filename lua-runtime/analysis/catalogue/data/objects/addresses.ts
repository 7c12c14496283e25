/** Addresses of envelopes and of headers. */
import { member, object, type CataloguePart } from '../../describe.ts';

const single = 'An error unless the header holds exactly one address.';

export const addresses: CataloguePart = {
  objects: [
    object('EnvelopeAddress', 'An address of the envelope. `tostring` gives the whole address.', {
      page: 'reference/address/_index.md',
      fields: [
        member('user', 'string', 'The part before the `@`; empty for the null sender.', {
          page: 'reference/address/user.md',
          here: 'runs',
        }),
        member('domain', 'string', 'The part after the `@`, in its own case.', {
          page: 'reference/address/domain.md',
          here: 'runs',
        }),
        member('email', 'string', 'The whole address.', {
          page: 'reference/address/email.md',
          here: 'runs',
        }),
      ],
      operators: [{ operator: 'tostring' }],
    }),
    object('AddressHeader', 'The addresses of a header. `tostring` gives them as JSON.', {
      page: 'reference/addressheader/_index.md',
      fields: [
        member('user', 'string', `The part before the \`@\`. ${single}`, {
          page: 'reference/addressheader/user.md',
          here: 'runs',
        }),
        member('domain', 'string', `The part after the \`@\`. ${single}`, {
          page: 'reference/addressheader/domain.md',
          here: 'runs',
        }),
        member('email', 'string', `The address without the name. ${single}`, {
          page: 'reference/addressheader/email.md',
          here: 'runs',
        }),
        member('name', 'string?', `The name before the address. ${single}`, {
          page: 'reference/addressheader/name.md',
          here: 'runs',
        }),
        member('list', 'HeaderAddress[]', 'Every address, those of groups too.', {
          page: 'reference/addressheader/list.md',
          here: 'runs',
        }),
      ],
      operators: [{ operator: 'tostring' }],
    }),
    object('HeaderAddress', 'One address of a header.', {
      page: 'reference/addressheader/list.md',
      fields: [
        member('user', 'string', 'The part before the `@`.', { here: 'runs' }),
        member('domain', 'string', 'The part after the `@`.', { here: 'runs' }),
        member('email', 'string?', 'The address without the name.', { here: 'runs' }),
        member('name', 'string?', 'The name before the address.', { here: 'runs' }),
      ],
      operators: [{ operator: 'tostring' }],
    }),
  ],
};
