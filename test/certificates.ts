/** Certificates for tests, made by openssl when they are asked for: nothing of them is kept. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

interface Request {
  readonly subject: string;
  /** Such as `DNS:localhost,IP:127.0.0.1`. */
  readonly names?: string;
  readonly passphrase?: string;
  /** Ended already. */
  readonly expired?: boolean;
}

/** An authority of the test's own, in `folder`; what it issues lies beside it. */
export class CertificateAuthority {
  readonly files: CertificateFiles;
  readonly #folder: string;

  private constructor(folder: string, files: CertificateFiles) {
    this.#folder = folder;
    this.files = files;
  }

  /** `subject`: such as `/O=Test/CN=Test authority`. */
  static async create(folder: string, subject: string): Promise<CertificateAuthority> {
    await mkdir(folder, { recursive: true });
    const [keyFile, certificateFile] = [join(folder, 'ca-key.pem'), join(folder, 'ca.pem')];
    await run('openssl', [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
      ...['-subj', subject, '-keyout', keyFile, '-out', certificateFile],
    ]);
    return new CertificateAuthority(folder, await filesAt(certificateFile, keyFile));
  }

  /** `name`: of the files. */
  async issue(name: string, request: Request): Promise<CertificateFiles> {
    const file = (end: string) => join(this.#folder, `${name}${end}`);
    const sealed = request.passphrase === undefined ? ['-nodes'] : [];
    await run('openssl', [
      ...'req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1'.split(' '),
      ...sealed,
      ...(request.passphrase === undefined ? [] : ['-passout', `pass:${request.passphrase}`]),
      ...['-subj', request.subject, '-keyout', file('-key.pem'), '-out', file('.csr')],
    ]);
    await writeFile(
      file('.ext'),
      request.names === undefined ? '' : `subjectAltName=${request.names}\n`,
    );
    const { certificateFile, keyFile } = this.files;
    await run('openssl', [
      ...['x509', '-req', '-in', file('.csr'), '-CA', certificateFile, '-CAkey', keyFile],
      ...['-CAcreateserial', '-days', request.expired === true ? '-1' : '2'],
      ...['-extfile', file('.ext'), '-out', file('.pem')],
    ]);
    return filesAt(file('.pem'), file('-key.pem'));
  }
}

async function filesAt(certificateFile: string, keyFile: string): Promise<CertificateFiles> {
  return {
    certificateFile,
    keyFile,
    certificate: await readFile(certificateFile, 'utf8'),
    key: await readFile(keyFile, 'utf8'),
  };
}
