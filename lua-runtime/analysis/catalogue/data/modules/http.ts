/** `kumo.http`: the HTTP and websocket clients. */
import {
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
  type FunctionOptions,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo.http');
const describe = functionsUnder(undefined);
const clientPage = 'reference/kumo.http/build_client.md';
const socketPage = 'reference/kumo.http/connect_websocket.md';

const on =
  (page: string) =>
  (name: string, signature: string, summary: string, options: FunctionOptions = {}) =>
    describe(name, signature, summary, { page, ...options });
const client = on(clientPage);
const socket = on(socketPage);
const request = on('reference/kumo.http/Request.md');
const response = on('reference/kumo.http/Response.md');

export const http: CataloguePart = {
  modules: [
    module('kumo.http', 'Requests to HTTP servers, and reading from websockets.', {
      page: 'reference/kumo.http/_index.md',
      functions: [
        fn(
          'build_client',
          '(params: HttpClientParameters): HttpClient',
          'A client with its pool of connections. A table is needed, also an empty one.',
        ),
        fn(
          'build_url',
          '(base: string, params: table<string, string>): string',
          'Adds query parameters to a URL.',
        ),
        fn(
          'connect_websocket',
          '(url: string): WebSocketStream, HttpResponse',
          'Opens a websocket for reading.',
          { since: '2024.06.10' },
        ),
      ],
    }),
  ],
  objects: [
    object(
      'HttpClient',
      'A client for HTTP. Build it once in a constructor, not for each message.',
      {
        page: clientPage,
        methods: [
          client('get', '(url: string): HttpRequest', 'Begins a GET request.'),
          client('post', '(url: string): HttpRequest', 'Begins a POST request.'),
          client('put', '(url: string): HttpRequest', 'Begins a PUT request.'),
          client('close', '()', 'Closes its connections. It cannot be used afterwards.', {
            since: '2024.09.02',
          }),
        ],
      },
    ),
    object('HttpRequest', 'A request to be sent once. What is wrong with it shows in `send`.', {
      page: 'reference/kumo.http/Request.md',
      methods: requestMethods(),
    }),
    object(
      'HttpResponse',
      'An answer. Its body can be read once, and then nothing but the status.',
      {
        page: 'reference/kumo.http/Response.md',
        methods: responseMethods(),
      },
    ),
    object('HttpHeaderMap', 'The headers of an answer, by name in any case.', {
      page: 'reference/kumo.http/Response.md',
      indexed: { key: 'string', value: 'string?' },
      operators: [{ operator: 'pairs' }],
    }),
    object('WebSocketStream', 'What a websocket sends.', {
      page: socketPage,
      since: '2024.06.10',
      methods: [
        socket('recv', '(): string?', 'The next packet; nil when the socket is closed.'),
        socket(
          'recv_batch',
          '(duration: duration): string[]?',
          'What comes within the time; nil when the socket closed before.',
          { since: '2025.03.19' },
        ),
      ],
    }),
  ],
  tables: [
    table(
      'HttpClientParameters',
      'Settings of a client. Unknown fields are ignored without a word.',
      [
        field('user_agent', 'string', 'The `User-Agent` header.'),
        field('connection_verbose', 'boolean', 'Logs more about connecting.', {
          default: 'false',
          since: '2024.06.10',
        }),
        field('pool_idle_timeout', 'duration', 'How long idle connections are kept.', {
          default: '90s',
          since: '2024.06.10',
        }),
        field('timeout', 'duration', 'How long a request may take.', {
          default: '1m',
          since: '2024.06.10',
        }),
        field('accept_invalid_certs', 'boolean', 'Trusts any certificate. For tests only.', {
          default: 'false',
          since: '2026.05.12',
        }),
      ],
      { page: clientPage, unknownFields: 'ignored' },
    ),
  ],
};

function requestMethods() {
  return [
    request('header', '(name: string, value: string): HttpRequest', 'Sets a header.'),
    request('headers', '(headers: table<string, string>): HttpRequest', 'Sets headers.'),
    request('basic_auth', '(user: string, password?: string): HttpRequest', 'Sets Basic auth.'),
    request('bearer_auth', '(token: string): HttpRequest', 'Sets Bearer auth.'),
    request('body', '(body: string): HttpRequest', 'Sets the body, as UTF-8.'),
    request(
      'form_url_encoded',
      '(form: table<string, string>): HttpRequest',
      'Sets the body to an URL encoded form.',
    ),
    request(
      'form_multipart_data',
      '(form: table<string, string>): HttpRequest',
      'Sets the body to a multipart form.',
    ),
    request(
      'timeout',
      '(duration: string|number): HttpRequest',
      'How long it may take: text or a fraction. A whole number is an error.',
      { since: '2024.06.10' },
    ),
    request(
      'aws_sign_v4',
      '(params: AwsSignParameters): HttpRequest',
      'Signs it for AWS; method, path and query are those of the request.',
      { since: '2026.03.04' },
    ),
    request(
      'send',
      '(): HttpResponse',
      'Sends it. An error only when there is no answer: look at the status.',
    ),
  ];
}

function responseMethods() {
  return [
    response('status_code', '(): integer', 'The status: 200, 404.'),
    response('status_reason', '(): string?', 'The status in words, when it has some.'),
    response('status_is_informational', '(): boolean', 'True for 100 to 199.'),
    response('status_is_success', '(): boolean', 'True for 200 to 299.'),
    response('status_is_redirection', '(): boolean', 'True for 300 to 399.'),
    response('status_is_client_error', '(): boolean', 'True for 400 to 499.'),
    response('status_is_server_error', '(): boolean', 'True for 500 to 599.'),
    response('headers', '(): HttpHeaderMap', 'The headers; before the body is read.'),
    response('content_length', '(): integer?', 'The size of the body, when it is known.'),
    response('text', '(): string', 'The body as UTF-8. Once only.'),
    response('bytes', '(): string', 'The body. Once only.'),
  ];
}
