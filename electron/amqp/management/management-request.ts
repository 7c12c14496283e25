/** One request to RabbitMQ's management API (https://www.rabbitmq.com/docs/management#http-api). */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { BrokerAddress } from '../client-contract.ts';

/** The message is one sentence that says what to do. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
}

export interface ManagementAddress {
  /** Such as http://host:15672, with or without a path. */
  readonly url: string;
  /** Whose login and certificates are used. */
  readonly broker: BrokerAddress;
}

const LIMIT_MS = 10_000;
/** A topology with more than this is not for a window. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** `path` below /api/. Rejects with `ManagementError`. */
export async function managementRequest(
  { url, broker }: ManagementAddress,
  path: string,
  body?: object,
): Promise<unknown> {
  const target = new URL(`api/${path}`, url.endsWith('/') ? url : `${url}/`);
  const { status, text } = await exchange(target, broker, body);
  if (status === 401) {
    throw new ManagementError(
      `The management API at ${url} refused user '${broker.username}'; correct the password, and give the user the tag 'management' or 'monitoring'.`,
    );
  }
  if (status === 404) {
    throw new ManagementError(
      `The management API at ${url} has no such thing in virtual host '${broker.vhost}' (404); look at the topology again, or correct the URL.`,
    );
  }
  if (status < 200 || status > 299) {
    throw new ManagementError(
      `The management API at ${url} answered ${status} (${reasonIn(text)}); grant user '${broker.username}' access to virtual host '${broker.vhost}', or use another user.`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ManagementError(
      `What answers at ${url} is not RabbitMQ's management API; correct the management URL (port 15672 by default).`,
    );
  }
}

function exchange(
  target: URL,
  { username, password, tls }: BrokerAddress,
  body: object | undefined,
): Promise<{ status: number; text: string }> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const { serverName, ...certificates } = tls ?? {};
  const options = {
    method: content === undefined ? 'GET' : 'POST',
    auth: `${username}:${password}`,
    timeout: LIMIT_MS,
    headers: content === undefined ? {} : { 'content-type': 'application/json' },
    ...(target.protocol === 'https:' ? certificates : {}),
    ...(target.protocol === 'https:' && serverName !== undefined ? { servername: serverName } : {}),
  };
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(
        new ManagementError(
          `The management API at ${target.origin} cannot be reached (${why}); correct the URL, or enable the plugin with rabbitmq-plugins enable rabbitmq_management.`,
        ),
      );
    };
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(target, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > LARGEST_ANSWER) request.destroy(new Error('its answer is larger than 32 MiB'));
      });
      response.on('error', (error) => fail(error.message));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer in ${LIMIT_MS / 1000} s`)));
    request.on('error', (error) => fail(error.message || 'connection refused'));
    request.end(content);
  });
}

function reasonIn(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'reason' in answer) {
      return String(answer.reason);
    }
  } catch {
    // The text itself says more.
  }
  return text.slice(0, 80);
}
