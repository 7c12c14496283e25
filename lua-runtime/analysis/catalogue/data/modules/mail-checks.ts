/** `kumo.dkim`, `kumo.spf`, `kumo.dmarc`: signing, and checking what came. */
import {
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const dkim = functionsUnder('reference/kumo.dkim');
const spf = functionsUnder('reference/kumo.spf');
const signerPage = 'reference/kumo.dkim/rsa_sha256_signer.md';
const must = { required: true } as const;

export const mailChecks: CataloguePart = {
  modules: [
    module('kumo.dkim', 'DKIM signatures.', {
      page: 'reference/kumo.dkim/_index.md',
      functions: [
        dkim(
          'rsa_sha256_signer',
          '(params: DkimSignerParameters): DkimSigner',
          'A signer with an RSA key. It is kept, so that it may be made for each message.',
        ),
        dkim(
          'ed25519_signer',
          '(params: DkimSignerParameters): DkimSigner',
          'A signer with an Ed25519 key. It is kept, so that it may be made for each message.',
        ),
        dkim('set_signing_threads', '(threads: integer)', 'Signs in a thread pool of its own.', {
          since: '2024.11.08',
        }),
      ],
    }),
    module('kumo.spf', 'SPF.', {
      page: 'reference/kumo.spf/_index.md',
      functions: [
        spf(
          'check_host',
          '(domain: string, conn_meta: ConnectionMetaData, sender?: string, resolver?: string): SpfResult',
          'Checks SPF for a domain and the address of a client.',
          { since: '2024.11.08', aboutSince: { resolver: '2025.12.02' } },
        ),
        spf(
          'check_msg',
          '(message: Message, resolver?: string): SpfResult',
          'Checks SPF for the sender of a message and where it came from.',
          { since: '2025.12.02' },
        ),
      ],
    }),
    module('kumo.dmarc', 'DMARC.', {
      undocumented: true,
      functions: [
        functionsUnder(undefined)(
          'check_msg',
          '(message: Message, dkim_results: AuthenticationResult[], resolver: string?, spf_result: AuthenticationResult, use_reporting: boolean, reporting_info?: DmarcReportingInfo): DmarcResult',
          'Checks DMARC with the results of DKIM and SPF. A policy of the domain that quarantines or rejects raises a rejection.',
          { undocumented: true },
        ),
      ],
    }),
  ],
  objects: [object('DkimSigner', 'What `message:dkim_sign` signs with.', { page: signerPage })],
  tables: [
    table(
      'DkimSignerParameters',
      'How to sign. Unknown fields are ignored without a word.',
      [
        field('domain', 'string', 'The domain that signs.', must),
        field('selector', 'string', 'The selector of the key.', must),
        field('headers', 'string[]', 'The headers that are signed.', must),
        field('key', 'keysource', 'The private key.', must),
        field('header_canonicalization', "'Relaxed'|'Simple'", 'How headers are read.', {
          default: 'Relaxed',
        }),
        field('body_canonicalization', "'Relaxed'|'Simple'", 'How the body is read.', {
          default: 'Relaxed',
        }),
        field('expiration', 'integer', 'Seconds until the signature expires.', {
          default: 'nil',
        }),
        field('over_sign', 'boolean', 'Signs the absence of more headers too.', {
          default: 'false',
          since: '2024.06.10',
        }),
        field('ttl', 'duration', 'How long the signer is kept.', { default: '5m' }),
        ...['atps', 'agent_user_identifier'].map((name) =>
          field(name, 'string', 'Not supported: an error when given.', { default: 'nil' }),
        ),
        field('atpsh', "'Sha1'|'Sha256'", 'Not supported: an error when given.', {
          default: 'nil',
        }),
        ...['body_length', 'reporting'].map((name) =>
          field(name, 'boolean', 'Not supported: an error when true.', { default: 'false' }),
        ),
      ],
      { page: signerPage, unknownFields: 'ignored' },
    ),
    table(
      'AuthenticationResult',
      'What one check of a message gave.',
      [
        field('method', 'string', 'Which check: `dkim`, `spf`.', must),
        field('method_version', 'integer', 'Its version.'),
        field('result', 'string', 'What it gave: `pass`, `fail`, …', must),
        field('reason', 'string', 'Why.'),
        field('props', 'table<string, string>', 'More about it.', { default: '{}' }),
      ],
      {
        page: 'reference/authenticationresult.md',
        since: '2023.11.28',
      },
    ),
    table(
      'SpfResult',
      'What SPF gave.',
      [
        field(
          'disposition',
          "'none'|'neutral'|'pass'|'fail'|'softfail'|'temperror'|'permerror'",
          'The result in a word.',
          must,
        ),
        field('result', 'AuthenticationResult', 'The result for headers.', must),
      ],
      { page: 'reference/kumo.spf/check_host.md', unknownFields: 'ignored' },
    ),
    table(
      'DmarcResult',
      'What DMARC gave.',
      [
        field(
          'disposition',
          "'Pass'|'None'|'Quarantine'|'Reject'|'TempError'|'PermError'",
          'The result in a word.',
          must,
        ),
        field('result', 'AuthenticationResult', 'The result for headers.', must),
      ],
      { undocumented: true, unknownFields: 'ignored' },
    ),
    table(
      'DmarcReportingInfo',
      'Who DMARC reports are from.',
      [
        field('org_name', 'string', 'Organisation.', must),
        field('email', 'string', 'Contact.', must),
        field('extra_contact_info', 'string', 'More contact.'),
      ],
      { undocumented: true },
    ),
  ],
};
