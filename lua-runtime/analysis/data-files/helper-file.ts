/**
 * The data files of KumoMTA's helpers: what each holds, who reads it, and by which name it is known when no
 * policy says whose it is (KumoMTA assets/policy-extras/*.lua, crates/kumo-api-types/src/shaping.rs).
 */
import type { DataTable } from './syntax/data-tree.ts';

export type HelperFileKind = 'queue' | 'sources' | 'listener-domains' | 'dkim-sign' | 'shaping';

export interface HelperFile {
  readonly kind: HelperFileKind;
  /** Name of the table of the catalogue that the file holds. */
  readonly root: string;
  /** To begin a sentence: what happens when it is wrong. */
  readonly refusal: string;
  /** Fields that it takes as any text, and that fail only when a message needs them. */
  readonly checkedLate?: ReadonlySet<string>;
  /** Functions that are given its path: in a list that is the argument, or in a field of it. */
  readonly readBy: readonly { readonly fullName: string; readonly field?: string }[];
  /** File names without their ending. */
  readonly names: RegExp;
  /** Whether a file of such a name is one, by its content. */
  readonly isLikely: (root: DataTable) => boolean;
  /** Whether its JSON may have comments. */
  readonly takesComments: boolean;
}

/** An empty one, or one with tables in a table of these names. */
const has =
  (...names: readonly string[]) =>
  ({ entries }: DataTable): boolean =>
    entries.size === 0 ||
    names.some((name) => {
      const value = entries.get(name)?.value;
      return (
        value?.kind === 'table' &&
        [...value.entries.values()].some((entry) => entry.value.kind === 'table')
      );
    });
const holdsTables = ({ entries }: DataTable): boolean =>
  [...entries.values()].every(({ value }) => value.kind === 'table');

export const HELPER_FILES: readonly HelperFile[] = [
  {
    kind: 'queue',
    root: 'QueueHelperData',
    refusal: 'The queue helper refuses the whole file with an error',
    checkedLate: new Set(['overall_max_message_rate']),
    readBy: [
      { fullName: 'policy-extras.queue.setup' },
      { fullName: 'policy-extras.queue.setup_with_options', field: 'file_names' },
    ],
    names: /^queues?(?:[-_](?:config|data|helper))?$/,
    isLikely: (root) => has('queue', 'tenant')(root) || root.entries.has('tenant_header'),
    takesComments: true,
  },
  {
    kind: 'sources',
    root: 'SourcesHelperData',
    refusal: 'The sources helper refuses the whole file with an error',
    readBy: [{ fullName: 'policy-extras.sources.setup' }],
    names: /^(?:egress[-_])?(?:sources?|pools?)(?:[-_](?:config|data|helper))?$/,
    isLikely: has('source', 'pool'),
    takesComments: true,
  },
  {
    kind: 'listener-domains',
    root: 'ListenerDomainsHelperData',
    refusal: 'The listener domains helper refuses the whole file with an error',
    readBy: [{ fullName: 'policy-extras.listener_domains.setup' }],
    names: /^listener[-_]domains?$/,
    isLikely: holdsTables,
    takesComments: true,
  },
  {
    kind: 'dkim-sign',
    root: 'DkimSignHelperData',
    refusal: 'The DKIM helper refuses the whole file with an error',
    checkedLate: new Set(['header_canonicalization', 'body_canonicalization']),
    readBy: [{ fullName: 'policy-extras.dkim_sign.setup' }],
    names: /^dkim(?:[-_](?:data|sign|signing|config))?$/,
    isLikely: (root) =>
      has('domain', 'signature')(root) || root.entries.get('base')?.value.kind === 'table',
    takesComments: true,
  },
  {
    kind: 'shaping',
    root: 'ShapingData',
    refusal: 'kumod refuses the shaping files with an error',
    readBy: [
      { fullName: 'policy-extras.shaping.setup' },
      { fullName: 'policy-extras.shaping.setup_with_automation', field: 'extra_files' },
      { fullName: 'kumo.shaping.load' },
    ],
    names: /^(?:[\w-]+[-_])?shaping(?:[-_][\w-]+)?$/,
    isLikely: holdsTables,
    takesComments: false,
  },
];

/** By its name alone. */
export function helperFileNamed(path: string): HelperFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:toml|json)$/, '');
  return HELPER_FILES.find(({ names }) => names.test(name));
}
