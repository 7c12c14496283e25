/** `kumo.string`, `kumo.regex`, `kumo.regex_set_map`, `kumo.domain_map`, `kumo.cidr`: matching and shaping text. */
import { alias, functionsUnder, module, object, type CataloguePart } from '../../describe.ts';

const describe = functionsUnder(undefined);
const since = '2024.09.02';

function strings() {
  const fn = functionsUnder('reference/string');
  return [
    fn('split', '(text: string, pattern: string): string[]', 'The parts between a text.', {
      since,
    }),
    fn(
      'splitn',
      '(text: string, limit: integer, pattern: string): string[]',
      'The parts between a text, so many at the most.',
      { since },
    ),
    fn('rsplit', '(text: string, pattern: string): string[]', 'The same from the end.', { since }),
    fn(
      'rsplitn',
      '(text: string, limit: integer, pattern: string): string[]',
      'The same from the end, so many at the most.',
      { since },
    ),
    fn('split_whitespace', '(text: string): string[]', 'The words between Unicode spaces.', {
      since,
    }),
    fn('split_ascii_whitespace', '(text: string): string[]', 'The words between ASCII spaces.', {
      since,
    }),
    fn('trim', '(text: string): string', 'Without spaces on both ends.', { since }),
    fn('trim_start', '(text: string): string', 'Without spaces in front.', { since }),
    fn('trim_end', '(text: string): string', 'Without spaces behind.', { since }),
    fn('replace', '(text: string, from: string, to: string): string', 'Replaces a text.', {
      since,
    }),
    fn(
      'replacen',
      '(text: string, from: string, to: string, count: integer): string',
      'Replaces a text so many times.',
      { since },
    ),
    fn('starts_with', '(text: string, prefix: string): boolean', 'Whether it begins so.', {
      since: '2026.04.09',
    }),
    fn('ends_with', '(text: string, suffix: string): boolean', 'Whether it ends so.', {
      since: '2026.04.09',
    }),
    fn(
      'wrap',
      '(text: string, soft_limit?: integer, hard_limit?: integer): string',
      'Breaks lines at spaces near 75 characters, and anywhere at 900, with CRLF and a tab.',
      { since: '2025.12.02' },
    ),
    fn('psl_domain', '(name: string): string?', 'The domain that can be registered.', { since }),
    fn('psl_suffix', '(name: string): string?', 'The public suffix of a name.', { since }),
    fn(
      'eval_template',
      '(name: string, source: string, context: any, dialect?: TemplateDialect): string',
      'Fills a template; the end of the name says how values are escaped.',
      { since: '2025.03.19' },
    ),
    fn(
      'normalize_smtp_response',
      '(text: string): string',
      'Takes what differs from one delivery to the next out of a response.',
      { since: '2025.12.02' },
    ),
  ];
}

const regexMethods = [
  describe(
    'captures',
    '(text: string): table?',
    'The groups of the first match, by number (0 is all of it) and by name.',
  ),
  describe('is_match', '(text: string): boolean', 'Whether it matches somewhere.'),
  describe('find', '(text: string): string?', 'The first match.'),
  describe('find_all', '(text: string): string[]', 'Every match.'),
  describe('replace', '(text: string, by: string): string', 'Replaces the first match.'),
  describe('replace_all', '(text: string, by: string): string', 'Replaces every match.'),
  describe(
    'replacen',
    '(text: string, limit: integer, by: string): string',
    'Replaces so many matches.',
  ),
  describe('split', '(text: string): string[]', 'The parts between matches.'),
].map((method) => ({ ...method, page: 'reference/regex/compile.md', since }));

export const text: CataloguePart = {
  modules: [
    module('kumo.string', 'What the string library of Lua lacks. Patterns are plain text.', {
      page: 'reference/string/_index.md',
      functions: strings(),
    }),
    module('kumo.regex', 'Regular expressions in the syntax of Rust and Perl.', {
      page: 'reference/regex/_index.md',
      functions: [
        functionsUnder('reference/regex')(
          'compile',
          '(pattern: string): Regex',
          'Reads a pattern. In Lua text, each backslash is written twice.',
          { since },
        ),
        functionsUnder('reference/regex')(
          'escape',
          '(text: string): string',
          'The pattern that matches a text.',
          { since },
        ),
      ],
    }),
    module('kumo.regex_set_map', 'Values by pattern.', {
      page: 'reference/kumo.regex_set_map/_index.md',
      functions: [
        functionsUnder('reference/kumo.regex_set_map')(
          'new',
          '(map?: table<string, any>): RegexSetMap',
          'A map from patterns to values. It cannot be changed afterwards.',
          { since: '2023.11.28' },
        ),
      ],
    }),
    module('kumo.domain_map', 'Values by domain, with wildcards.', {
      page: 'reference/kumo.domain_map/_index.md',
      functions: [
        functionsUnder('reference/kumo.domain_map')(
          'new',
          '(map?: table<string, any>): DomainMap',
          'A map from domains such as `*.example.com` to values.',
        ),
      ],
    }),
    module('kumo.cidr', 'Values by network.', {
      page: 'reference/kumo.cidr/_index.md',
      functions: [
        functionsUnder('reference/kumo.cidr')(
          'make_map',
          '(map?: table<string, any>): CidrMap',
          'A map from networks such as `10.0.0.0/8` to values.',
        ),
      ],
    }),
  ],
  aliases: [
    alias('TemplateDialect', "'Jinja'|'Static'|'Handlebars'", 'How a template is written.', {
      page: 'reference/string/eval_template.md',
      since: '2025.03.19',
    }),
  ],
  objects: [
    object('Regex', 'A regular expression.', {
      page: 'reference/regex/compile.md',
      since,
      methods: regexMethods,
    }),
    object('RegexSetMap', 'Values by pattern: the key is a text to match.', {
      page: 'reference/kumo.regex_set_map/new.md',
      since: '2023.11.28',
      indexed: { key: 'string', value: 'any' },
    }),
    object('DomainMap', 'Values by domain.', {
      page: 'reference/kumo.domain_map/new.md',
      indexed: { key: 'string', value: 'any', writable: true },
    }),
    object('CidrMap', 'Values by network: the key is an address, also with a port.', {
      page: 'reference/kumo.cidr/make_map.md',
      indexed: { key: 'string', value: 'any', writable: true },
    }),
  ],
};
