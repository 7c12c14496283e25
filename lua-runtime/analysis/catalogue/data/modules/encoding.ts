/** `kumo.encode`, `kumo.digest`, `kumo.crypto`, `kumo.uuid`, `kumo.secrets`: bytes in other forms. */
import {
  field,
  functionsUnder,
  member,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const ENCODINGS = [
  'base32',
  'base32hex',
  'base32_nopad',
  'base32hex_nopad',
  'base64',
  'base64url',
  'base64_nopad',
  'base64url_nopad',
  'hex',
] as const;

function encode() {
  const fn = functionsUnder('reference/kumo.encode');
  return [
    ...ENCODINGS.flatMap((name) => [
      fn(`${name}_encode`, '(bytes: string): string', `Writes bytes as ${name}.`, {
        since: '2023.08.22',
      }),
      fn(`${name}_decode`, '(text: string): string', `Reads bytes written as ${name}.`, {
        since: '2023.08.22',
      }),
    ]),
    fn(
      'charset_encode',
      '(charset: string, text: string, ignore_errors?: boolean): string',
      'Writes UTF-8 in another character set, leaving out what it lacks unless told otherwise.',
      { since: '2026.04.09' },
    ),
    fn(
      'charset_decode',
      '(charset: string, bytes: string): string',
      'Reads bytes of a character set as UTF-8.',
      { since: '2026.04.09' },
    ),
  ];
}

function digest() {
  const fn = functionsUnder('reference/kumo.digest');
  const hashes: Readonly<Record<string, string | undefined>> = {
    sha1: undefined,
    sha224: '2025.12.02',
    sha256: undefined,
    sha384: undefined,
    sha512: undefined,
    sha512_256: undefined,
    sha3_256: '2025.12.02',
    sha3_384: '2025.12.02',
    sha3_512: '2025.12.02',
  };
  return [
    ...Object.entries(hashes).map(([name, since]) =>
      fn(
        name,
        '(...: any): BinaryResult',
        `The ${name} hash of its arguments; what is no string is taken as JSON.`,
        since === undefined ? {} : { since },
      ),
    ),
    ...['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((name) =>
      fn(
        `hmac_${name}`,
        '(key: keysource, message: string): BinaryResult',
        `The HMAC of a message with ${name}.`,
        { since: '2025.12.02' },
      ),
    ),
    fn('crc32', '(...: any): integer', 'The CRC-32 of its arguments.'),
  ];
}

function uuid() {
  const fn = functionsUnder('reference/kumo.uuid');
  const since = '2024.09.02';
  return [
    fn('new_v1', '(): Uuid', 'A UUID of the time and this machine.', { since }),
    fn('new_v4', '(): Uuid', 'A random UUID.', { since }),
    fn('new_v6', '(): Uuid', 'A UUID of the time and this machine, in order of time.', { since }),
    fn('new_v7', '(): Uuid', 'A UUID of the time and chance, in order of time.', { since }),
    fn('parse', '(text: string): Uuid', 'Reads a UUID.', { since }),
  ];
}

const crypto = functionsUnder('reference/kumo.crypto');
const signPage = 'reference/kumo.crypto/aws_sign_v4.md';
const must = { required: true } as const;

export const encoding: CataloguePart = {
  modules: [
    module('kumo.encode', 'Bytes as text.', {
      page: 'reference/kumo.encode/_index.md',
      functions: encode(),
    }),
    module('kumo.digest', 'Hashes.', {
      page: 'reference/kumo.digest/_index.md',
      functions: digest(),
    }),
    module('kumo.crypto', 'Ciphers and signatures.', {
      page: 'reference/kumo.crypto/_index.md',
      since: '2025.12.02',
      functions: [
        crypto(
          'aes_encrypt_block',
          "(algorithm: 'Cbc'|'Ecb', plaintext: string, key: AesKey): string",
          'Encrypts with a key of 16 or 32 bytes.',
          { since: '2025.12.02' },
        ),
        crypto(
          'aes_decrypt_block',
          "(algorithm: 'Cbc'|'Ecb', ciphertext: string, key: AesKey): BinaryResult",
          'Decrypts with a key of 16 or 32 bytes.',
          { since: '2025.12.02' },
        ),
        crypto(
          'aws_sign_v4',
          '(params: AwsSignParameters): AwsSignature',
          'Signs a request for AWS.',
          { since: '2025.12.02' },
        ),
      ],
    }),
    module('kumo.uuid', 'UUIDs.', { page: 'reference/kumo.uuid/_index.md', functions: uuid() }),
    module('kumo.secrets', 'Keys and passwords.', {
      page: 'reference/kumo.secrets/_index.md',
      functions: [
        functionsUnder('reference/kumo.secrets')(
          'load',
          '(source: keysource): string',
          'The bytes of a key.',
        ),
      ],
    }),
  ],
  objects: [
    object('BinaryResult', 'Bytes; `tostring` gives them in hexadecimal.', {
      page: 'reference/kumo.digest/_index.md',
      fields: [
        member('bytes', 'string', 'The bytes themselves.', {
          page: 'reference/kumo.digest/_index.md',
        }),
        ...ENCODINGS.map((name) =>
          member(name, 'string', `The bytes as ${name}.`, {
            page: 'reference/kumo.digest/_index.md',
          }),
        ),
      ],
      operators: [{ operator: 'tostring' }],
    }),
    object('Uuid', 'A UUID; `tostring` gives it with hyphens.', {
      page: 'reference/kumo.uuid/_index.md',
      fields: [
        member('bytes', 'string', 'Its 16 bytes.', { page: 'reference/kumo.uuid/_index.md' }),
        ...['hyphenated', 'simple', 'braced', 'urn'].map((name) =>
          member(name, 'string', `The ${name} form.`, { page: 'reference/kumo.uuid/_index.md' }),
        ),
      ],
      operators: [{ operator: 'tostring' }],
    }),
  ],
  tables: [
    table(
      'AesKey',
      'A key for AES.',
      [field('key', 'keysource', 'Where its 16 or 32 bytes come from.', must)],
      {
        page: 'reference/kumo.crypto/aes_encrypt_block.md',
        since: '2025.12.02',
        unknownFields: 'ignored',
      },
    ),
    table(
      'AwsSignParameters',
      'The request to sign. Unknown fields are ignored without a word.',
      [
        field('access_key', 'keysource', 'Access key id.', must),
        field('secret_key', 'keysource', 'Secret access key.', must),
        field('region', 'string', 'Such as `us-east-1`.', must),
        field('service', 'string', 'Such as `sqs`.', must),
        field('method', 'string', 'HTTP method.', must),
        field('uri', 'string', 'Path.', must),
        field('query_params', 'table<string, string>', 'Query parameters.', { default: '{}' }),
        field('headers', 'table<string, string>', 'Headers to sign.', { default: '{}' }),
        field('payload', 'string', 'Body.', { default: '' }),
        field('timestamp', 'string', 'RFC 3339 time; now unless given.'),
        field('session_token', 'string', 'Token of temporary credentials.'),
      ],
      { page: signPage, since: '2025.12.02', unknownFields: 'ignored' },
    ),
    table(
      'AwsSignature',
      'What goes into the headers of the request.',
      [
        field('authorization', 'string', 'The `Authorization` header.', must),
        field('timestamp', 'string', 'The `X-Amz-Date` header.', must),
        field('canonical_request', 'string', 'What was signed, for debugging.', must),
        field('string_to_sign', 'string', 'What was signed, for debugging.', must),
        field('signature', 'string', 'The signature alone.', must),
      ],
      { page: signPage, since: '2025.12.02', unknownFields: 'ignored' },
    ),
  ],
};
