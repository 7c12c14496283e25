/** The address that a policy names, before the host maps it to the active broker profile. */
import type { AmqpConnectionTable } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { BrokerAddress } from '../client-contract.ts';

/** A certificate or key file cannot be used; the message is what amqprs would say. */
export class CertificateFileError extends Error {
  override readonly name = 'CertificateFileError';
}

/**
 * The address in the `connection` table of `kumo.amqp.basic_publish`. `readCertificate` gets a file
 * name as the policy wrote it and answers its PEM text, or undefined when there is no such file.
 *
 * KumoMTA crates/mod-amqp/src/amqprs_client.rs 172-212.
 *
 * @throws CertificateFileError
 */
export function addressOfTable(
  table: AmqpConnectionTable,
  readCertificate: (file: string) => string | undefined,
): BrokerAddress {
  return {
    host: table.host,
    port: table.port,
    username: table.username,
    password: table.password,
    vhost: table.vhost ?? '/',
    ...(table.heartbeat === undefined ? {} : { heartbeatSeconds: table.heartbeat }),
    ...(table.connection_name === undefined ? {} : { connectionName: table.connection_name }),
    ...(table.enable_tls ? { tls: tlsOfTable(table, readCertificate) } : {}),
  };
}

function tlsOfTable(
  { root_ca_cert, client_cert, client_private_key }: AmqpConnectionTable,
  readCertificate: (file: string) => string | undefined,
): NonNullable<BrokerAddress['tls']> {
  if ((client_cert === undefined) !== (client_private_key === undefined)) {
    throw new CertificateFileError(
      'Either both client_cert and client_private_key must be specified, or neither',
    );
  }
  const read = (
    name: 'ca' | 'cert' | 'key',
    file: string | undefined,
  ): { [pem: string]: string } => {
    if (file === undefined) {
      return {};
    }
    const pem = readCertificate(file);
    if (pem === undefined) {
      throw new CertificateFileError('No such file or directory (os error 2)');
    }
    return { [name]: pem };
  };
  return {
    ...read('ca', root_ca_cert),
    ...read('cert', client_cert),
    ...read('key', client_private_key),
  };
}
