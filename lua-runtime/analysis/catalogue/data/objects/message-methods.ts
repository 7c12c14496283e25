/** The methods of the message object, by what they work on. */
import type { FunctionEntry } from '../../catalogue-contract.ts';
import { functionsUnder } from '../../describe.ts';

const method = functionsUnder('reference/message');

export function metadata(): FunctionEntry[] {
  return [
    method(
      'get_meta',
      '(key: MessageMeta): any',
      'A value of the metadata; nil when absent. A table is a copy: changing it changes nothing.',
      { here: 'runs' },
    ),
    method(
      'set_meta',
      '(key: MessageMeta, value: any)',
      'Sets a value of the metadata, anything that JSON can hold. nil unsets it.',
      { here: 'runs' },
    ),
    method(
      'import_x_headers',
      '(names?: string[])',
      'Copies `X-` headers, or the named ones, to metadata: `X-My-Id` becomes `x_my_id`.',
      { here: 'runs' },
    ),
    method(
      'import_headers',
      '(specs: ImportHeaderSpec[])',
      'Copies headers to metadata by rules; the first rule that fits a header counts.',
      { since: '2026.05.12' },
    ),
    method(
      'import_scheduling_header',
      '(name: string, remove: boolean): SchedulingParameters?',
      'Schedules the message by the JSON in one of its headers.',
    ),
    method(
      'set_scheduling',
      '(scheduling: SchedulingParameters?): SchedulingParameters?',
      'Limits when the message is delivered; nil lifts the limits.',
    ),
  ];
}

export function envelope(): FunctionEntry[] {
  return [
    method('sender', '(): EnvelopeAddress', 'The sender of the envelope.', { here: 'runs' }),
    method('set_sender', '(address: string|EnvelopeAddress)', 'Changes the sender.', {
      since: '2023.08.22',
      here: 'runs',
    }),
    method(
      'recipient',
      '(): EnvelopeAddress|EnvelopeAddress[]|nil',
      'The recipient of the envelope; an array when there are several.',
      { here: 'runs' },
    ),
    method('recipient_list', '(): EnvelopeAddress[]', 'Every recipient, also when it is one.', {
      since: '2025.12.02',
      here: 'runs',
    }),
    method(
      'set_recipient',
      '(address: string|EnvelopeAddress|(string|EnvelopeAddress)[])',
      'Changes the recipient; an array gives the message several.',
      { since: '2023.08.22', here: 'runs' },
    ),
  ];
}

export function content(): FunctionEntry[] {
  return [
    method(
      'get_data',
      '(): string',
      'The bytes of the message; for a log message, the record as JSON and a line end.',
      { here: 'runs' },
    ),
    method('set_data', '(data: string)', 'Replaces the bytes of the message, unchecked.', {
      since: '2024.06.10',
      here: 'runs',
    }),
    method(
      'parse_mime',
      '(): MimePart',
      'The message as a MIME tree. It is a copy: write changes back with `set_data(tostring(part))`.',
      { since: '2025.10.06' },
    ),
    method('append_text_plain', '(text: string): boolean', 'Adds to the plain text part.', {
      since: '2024.06.10',
    }),
    method(
      'append_text_html',
      '(html: string): boolean',
      'Adds to the HTML part, before `</body>`.',
      { since: '2024.06.10' },
    ),
    method(
      'check_fix_conformance',
      '(checks: string, fixes: string, settings?: CheckFixSettings): string?',
      'Looks for issues of form, named with `|` between them: one of `checks` gives a text, those of `fixes` are mended.',
      { since: '2023.11.28', aboutSince: { settings: '2025.12.02' } },
    ),
    method(
      'parse_rfc3464',
      '(): DeliveryStatusReport?',
      'The message as a delivery status report, or nil when it is none.',
    ),
    method('parse_rfc5965', '(): FeedbackReport?', 'The message as an ARF report, or nil.', {
      undocumented: true,
    }),
  ];
}

export function headers(): FunctionEntry[] {
  return [
    method(
      'prepend_header',
      '(name: string, value: string, encode?: boolean)',
      'Adds a header before the others.',
      {
        here: 'runs',
        about: { encode: 'Wrap and encode the value instead of taking it as it is.' },
        aboutSince: { encode: '2025.12.02' },
      },
    ),
    method(
      'append_header',
      '(name: string, value: string, encode?: boolean)',
      'Adds a header after the others.',
      {
        here: 'runs',
        about: { encode: 'Wrap and encode the value instead of taking it as it is.' },
        aboutSince: { encode: '2025.12.02' },
      },
    ),
    method('get_first_named_header_value', '(name: string): string?', 'The first value.', {
      here: 'runs',
    }),
    method('get_all_named_header_values', '(name: string): string[]', 'Every value.', {
      here: 'runs',
    }),
    method('get_all_headers', '(): string[][]', 'Every header as `{ name, value }`.', {
      here: 'runs',
    }),
    method(
      'get_address_header',
      '(name: string): AddressHeader?',
      'The first header of the name as a list of addresses.',
      { here: 'runs' },
    ),
    method('from_header', '(): AddressHeader?', 'The `From` header as addresses.', {
      here: 'runs',
    }),
    method('to_header', '(): AddressHeader?', 'The `To` header as addresses.', { here: 'runs' }),
    method('remove_x_headers', '(names?: string[])', 'Removes `X-` headers, or the named ones.', {
      here: 'runs',
    }),
    method('remove_all_named_headers', '(name: string)', 'Removes every header of the name.', {
      since: '2023.08.22',
      here: 'runs',
    }),
  ];
}

export function authentication(): FunctionEntry[] {
  return [
    method('dkim_sign', '(signer: DkimSigner)', 'Signs the message; the last thing to do to it.'),
    method(
      'dkim_verify',
      '(resolver?: string): AuthenticationResult[]',
      'Verifies the DKIM signatures, ten at the most.',
      { since: '2023.11.28', aboutSince: { resolver: '2025.12.02' } },
    ),
    method('arc_verify', '(resolver?: string): AuthenticationResult', 'Verifies the ARC chain.', {
      since: '2025.12.02',
    }),
    method(
      'arc_seal',
      '(signer: DkimSigner, server_id: string, results: AuthenticationResult[], resolver?: string)',
      'Adds a set to the ARC chain.',
      { since: '2025.12.02' },
    ),
    method(
      'add_authentication_results',
      '(server_id: string, results: AuthenticationResult[])',
      'Prepends an `Authentication-Results` header.',
      { since: '2023.11.28' },
    ),
  ];
}

export function spool(): FunctionEntry[] {
  return [
    method(
      'set_due',
      '(due: string?): string?',
      'Sets the next delivery to an RFC 3339 time, or to now. Valid at reception and in `spool_message_enumerated` and `throttle_insert_ready_queue`.',
      { since: '2024.06.10', here: 'runs' },
    ),
    method('save', '()', 'Writes the message to the spool. Seldom needed.', { here: 'simulated' }),
    method('set_force_sync', '(force: boolean)', 'Makes every later save durable, at its price.', {
      here: 'runs',
    }),
    method('shrink', '(): boolean', 'Saves if needed, and releases data and metadata.', {
      since: '2025.03.19',
      here: 'simulated',
    }),
    method('shrink_data', '(): boolean', 'Saves if needed, and releases the data.', {
      since: '2025.03.19',
      here: 'simulated',
    }),
  ];
}
