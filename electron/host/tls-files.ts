/** The certificate files of a broker profile, read and tried before anything is dialled with them. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { BrokerConnection } from '../bridge/broker-profiles.ts';
import type { BrokerAddress } from '../amqp/client-contract.ts';

type TlsFiles = NonNullable<BrokerConnection['tls']>;
type Tls = NonNullable<BrokerAddress['tls']>;

/**
 * What to dial with; `passphrase` opens the key. Throws `invalid-input` with the file that cannot be
 * used and why.
 */
export function readTlsFiles(files: TlsFiles, passphrase: string | undefined): Tls {
  const { serverName, caFile, certificateFile, keyFile } = files;
  if ((certificateFile === undefined) !== (keyFile === undefined)) {
    throw new BridgeError(
      'invalid-input',
      'A client certificate and its key go together; give both files, or neither.',
    );
  }
  const ca = caFile === undefined ? undefined : read('CA file', caFile);
  const cert =
    certificateFile === undefined ? undefined : read('client certificate', certificateFile);
  const key = keyFile === undefined ? undefined : read("client certificate's key", keyFile);
  if (ca !== undefined) attempt(`The CA file ${caFile}`, { ca });
  if (cert !== undefined) attempt(`The client certificate ${certificateFile}`, { cert });
  if (key !== undefined) {
    const secret = passphrase === undefined ? {} : { passphrase };
    attempt(`The key ${keyFile}`, { cert, key, ...secret });
  }
  return {
    ...(serverName === undefined ? {} : { serverName }),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(key === undefined || passphrase === undefined ? {} : { passphrase }),
  };
}

function read(what: string, path: string): string {
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  if (!isAbsolute(file)) {
    throw new BridgeError('invalid-input', `Give the ${what} by its full path, not as ${path}.`);
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BridgeError(
      'invalid-input',
      `The ${what} ${path} cannot be read (${why}); correct the path in the broker profile.`,
    );
  }
  if (!text.includes('-----BEGIN ')) {
    throw new BridgeError(
      'invalid-input',
      `The ${what} ${path} is no PEM file (it has no -----BEGIN line); convert it with openssl.`,
    );
  }
  return text;
}

function attempt(subject: string, options: Parameters<typeof createSecureContext>[0]): void {
  try {
    createSecureContext(options);
  } catch (error) {
    const why =
      error instanceof Error && 'reason' in error && typeof error.reason === 'string'
        ? error.reason
        : error instanceof Error
          ? error.message
          : String(error);
    throw new BridgeError('invalid-input', `${subject} cannot be used: ${wordsFor(why)}.`);
  }
}

/** OpenSSL's words, where they alone would not tell what to do. */
function wordsFor(reason: string): string {
  if (/bad decrypt|interrupted or cancelled|bad password/i.test(reason)) {
    return `it is encrypted, and the passphrase is missing or wrong (${reason})`;
  }
  if (/key values mismatch/i.test(reason)) {
    return `it does not belong to the client certificate (${reason})`;
  }
  return reason;
}
