/** Events of the SMTP and HTTP listeners. */
import { eventsUnder, type CataloguePart } from '../../describe.ts';

const event = eventsUnder('reference/events');
const difficulties = 'The client gets 421 4.3.0 `technical difficulties` and the session ends.';
const answered = 'The client gets the code and the text; the session goes on.';
const reports = 'The recipient is reported as failed in the JSON reply.';

export const receptionEvents: CataloguePart = {
  events: [
    event(
      'smtp_server_get_dynamic_parameters',
      '(listener: string, conn_meta: ConnectionMetaData): EsmtpListenerParameters?',
      'Changes the parameters of a listener for one connection.',
      {
        since: '2025.05.06',
        onError: difficulties,
        onReject: 'The client gets the code and the text, and the session ends.',
      },
    ),
    event(
      'smtp_server_connection_accepted',
      '(conn_meta: ConnectionMetaData)',
      'A client connected and waits for the banner.',
      {
        since: '2025.05.06',
        onError: difficulties,
        onReject: 'The client gets the code and the text instead of the banner.',
      },
    ),
    event(
      'smtp_server_ehlo',
      '(domain: string, conn_meta: ConnectionMetaData, extensions: string[]): string[]?',
      'The client said HELO or EHLO. A returned array replaces the extensions of the reply.',
      {
        onError: difficulties,
        onReject: answered,
        aboutSince: { conn_meta: '2023.08.22', extensions: '2025.01.23' },
        about: { extensions: 'nil after HELO.' },
      },
    ),
    event(
      'smtp_server_auth_plain',
      '(authz: string, authc: string, password: string, conn_meta: ConnectionMetaData): boolean|AuthInfo',
      'Judges the user and the password that a client sent. Returning nothing is an error.',
      {
        mustReturn: true,
        onError: difficulties,
        onReject: answered,
        aboutSince: { conn_meta: '2023.08.22' },
        about: { authz: 'Whom to act as.', authc: 'Who it is.' },
      },
    ),
    event(
      'smtp_server_mail_from',
      '(sender: EnvelopeAddress, conn_meta: ConnectionMetaData)',
      'The client named the sender.',
      { onError: difficulties, onReject: answered, aboutSince: { conn_meta: '2023.08.22' } },
    ),
    event(
      'smtp_server_rcpt_to',
      '(recipient: EnvelopeAddress, conn_meta: ConnectionMetaData)',
      'The client named a recipient.',
      {
        onError: difficulties,
        onReject: 'That recipient is refused with the code and the text.',
        aboutSince: { conn_meta: '2023.08.22' },
      },
    ),
    event(
      'get_listener_domain',
      '(domain: string, listener: string, conn_meta: ConnectionMetaData): ListenerDomain?',
      'Whether the domain of a sender or recipient is relayed, and its reports are read.',
      {
        onError: difficulties,
        onReject: 'The same as an error.',
        aboutSince: { conn_meta: '2023.08.22' },
      },
    ),
    event(
      'smtp_server_data',
      '(message: Message, conn_meta: ConnectionMetaData)',
      'The data as it came, for all recipients, before anything is added.',
      { since: '2025.12.02', onError: difficulties, onReject: 'The data is refused.' },
    ),
    event(
      'smtp_server_split_transaction',
      '(message: Message, conn_meta: ConnectionMetaData): (EnvelopeAddress|string)[][]?',
      'Groups the recipients: each group becomes one message.',
      { since: '2025.12.02', onError: difficulties, onReject: 'The data is refused.' },
    ),
    event(
      'smtp_server_message_received',
      '(message: Message, conn_meta: ConnectionMetaData)',
      'A message came, one for each group of recipients, and the client waits for the reply.',
      {
        onError: difficulties,
        onReject: 'The whole data is refused, for every recipient.',
        aboutSince: { conn_meta: '2023.08.22' },
      },
    ),
    event(
      'smtp_server_message_deferred_inject',
      '(message: Message, conn_meta: ConnectionMetaData)',
      'Instead of `smtp_server_message_received` when `deferred_queue` is on, after the reply to the client.',
      {
        since: '2025.01.23',
        onError: 'The message is tried again later.',
        onReject: 'Codes from 500 bounce the message, others try again later.',
      },
    ),
    event(
      'smtp_server_rewrite_response',
      '(status: integer, response: string, command: string?, conn_meta: ConnectionMetaData): integer?, string?',
      'Changes a reply before the client gets it: the code, the text, or both.',
      { since: '2025.12.02', onError: 'It is logged and the reply stays.' },
    ),
    event(
      'http_server_validate_auth_basic',
      '(user: string, password: string?): boolean|AuthInfo',
      'Judges the user and the password of an HTTP client. What it says, and an error, is kept for 60 seconds.',
      { mustReturn: true, onError: 'The request fails.' },
    ),
    event(
      'http_server_validate_auth_bearer',
      '(token: string): boolean|AuthInfo',
      'Judges the bearer token of an HTTP client.',
      { undocumented: true, mustReturn: true, onError: 'The request fails.' },
    ),
    event(
      'http_message_generated',
      '(message: Message, auth_info: AuthInfo)',
      'A message was injected by HTTP, before it gets into its queue.',
      { onError: reports, onReject: reports, aboutSince: { auth_info: '2026.03.04' } },
    ),
  ],
};
