/** `kumo.aaa`: who may do what, and the log of it. */
import {
  alias,
  field,
  functionsUnder,
  member,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo.aaa');
const describe = functionsUnder(undefined);
const listPage = 'reference/kumo.aaa/make_access_control_list.md';
const mapPage = 'reference/kumo.aaa/load_acl_map.md';
const queryPage = 'reference/kumo.aaa/query_resource_access.md';
const logPage = 'reference/kumo.aaa/configure_acct_log.md';
const since = '2026.03.04';

export const aaa: CataloguePart = {
  modules: [
    module('kumo.aaa', 'Authentication, authorization and accounting.', {
      page: 'reference/kumo.aaa/_index.md',
      since,
      functions: [
        fn(
          'configure_acct_log',
          '(params: AcctLogParameters)',
          'Logs who was let in, and who not. Once only.',
          { since, only: 'init' },
        ),
        fn(
          'load_acl_map',
          '(source: keysource): AclMap',
          'Reads access control lists from a TOML file.',
          { since },
        ),
        fn(
          'make_access_control_list',
          '(rules: AccessRule[]): AccessControlList',
          'An access control list; its first rule that fits counts.',
          { since },
        ),
        fn(
          'make_http_url_resource',
          '(local_address: string, url: string): HttpUrlResource',
          'A URL of the HTTP listener, as something to have access to.',
          { since },
        ),
        fn(
          'query_resource_access',
          '(resource: HttpUrlResource, auth_info: AuthInfo, privilege: string): AclDisposition',
          'Whether someone may do something.',
          { since },
        ),
        fn('set_acl_cache_ttl', '(duration: duration)', 'How long lists are kept: 5m.', {
          since,
        }),
        fn('set_check_cache_ttl', '(duration: duration)', 'How long answers are kept: 5m.', {
          since,
        }),
        fn(
          'set_fall_back_to_acl_map',
          '(enabled: boolean)',
          "Whether KumoMTA's own lists count where `get_acl_definition` gives none. They do.",
          { since },
        ),
      ],
    }),
  ],
  objects: [
    object('AccessControlList', 'An access control list.', { page: listPage, since }),
    object('AclMap', 'Access control lists by resource.', {
      page: mapPage,
      since,
      methods: [
        describe('get', '(resource: string): AccessControlList?', 'The list of a resource.', {
          undocumented: true,
        }),
      ],
    }),
    object('HttpUrlResource', 'A URL to have access to.', {
      page: 'reference/kumo.aaa/make_http_url_resource.md',
      since,
    }),
    object('AclDisposition', 'Whether someone may, and by which rule.', {
      page: queryPage,
      since,
      fields: [
        member('allow', 'boolean', 'Whether they may.', { undocumented: true }),
        member('rule', 'AccessRule?', 'The rule that says so.', { undocumented: true }),
        member('resource', 'string?', 'The resource that the rule is of.', {
          undocumented: true,
        }),
      ],
    }),
  ],
  aliases: [
    alias(
      'AccessCriteria',
      'AccessCriteriaAllOf|AccessCriteriaAnyOf|AccessCriteriaNot|AccessCriteriaIdentity',
      'Who a rule is for.',
      { page: listPage, since },
    ),
    alias(
      'AccessIdentity',
      "'Authenticated'|'Unauthenticated'|'Any'|AccessIdentityNamed",
      'Anyone of a kind, or one in particular.',
      { page: listPage, since },
    ),
  ],
  tables: [
    table(
      'AccessRule',
      'Who may, or may not, do what.',
      [
        field('criteria', 'AccessCriteria', 'Who.', { required: true }),
        field('privilege', 'string', 'What, such as `GET`.', { required: true }),
        field('access', "'Allow'|'Deny'", 'May or may not.', { required: true }),
      ],
      { page: listPage, since, unknownFields: 'ignored' },
    ),
    table(
      'AccessCriteriaAllOf',
      'All of these.',
      [field('AllOf', 'AccessCriteria[]', 'The conditions.', { required: true })],
      { page: listPage, since },
    ),
    table(
      'AccessCriteriaAnyOf',
      'Any of these.',
      [field('AnyOf', 'AccessCriteria[]', 'The conditions.', { required: true })],
      { page: listPage, since },
    ),
    table(
      'AccessCriteriaNot',
      'Not this.',
      [field('Not', 'AccessCriteria', 'The condition.', { required: true })],
      { page: listPage, since },
    ),
    table(
      'AccessCriteriaIdentity',
      'An identity.',
      [field('Identity', 'AccessIdentity', 'Which.', { required: true })],
      { page: listPage, since },
    ),
    table(
      'AccessIdentityNamed',
      'One in particular: one of these fields.',
      [
        field('Individual', 'string', 'A user.'),
        field('Group', 'string', 'A group.'),
        field('Machine', 'string', 'An address.'),
        field('MachineSet', 'string[]', 'Networks.', { undocumented: true }),
      ],
      { page: listPage, since },
    ),
    table(
      'AclFileRule',
      'A rule in the file of an ACL map, under the resource: `[[acl."RESOURCE"]]`.',
      [
        field('allow', 'boolean', 'May or may not.', { required: true }),
        field('privileges', 'string[]', 'What, such as `GET`.', { required: true }),
        field('identity', 'AccessIdentity', 'Who; or `criteria`.'),
        field('criteria', 'AccessCriteria', 'Who; or `identity`.'),
      ],
      { page: mapPage, since },
    ),
    table(
      'AcctLogParameters',
      'What is logged, and where.',
      [
        field('log_dir', 'string', 'Folder of the files.', { required: true }),
        field('max_file_size', 'integer', 'Uncompressed bytes of a file.', {
          default: '1000000000',
        }),
        field('back_pressure', 'integer', 'How many records wait before logging blocks.', {
          default: '128000',
        }),
        field('compression_level', 'integer', 'Level of zstd; 0 is its default.', {
          default: '0',
        }),
        field('max_segment_duration', 'duration', 'How long a file is written to.', {
          default: 'nil',
        }),
        field('min_free_space', 'MinFree', 'Free space below which no mail is taken.', {
          default: '10%',
        }),
        field('min_free_inodes', 'MinFree', 'Free inodes below which no mail is taken.', {
          default: '10%',
        }),
        ...Object.entries({
          log_authz_allow: 'what was allowed',
          log_authz_deny: 'what was denied',
          log_authn_ok: 'who was recognised',
          log_authn_fail: 'who was not',
        }).map(([name, what]) => field(name, 'boolean', `Logs ${what}.`, { default: 'true' })),
      ],
      { page: logPage, since },
    ),
  ],
};
