/** Domains without quotes, whose dots make tables of their parts: `[queue.gmail.com]`. */
import { WARNING, ERROR, type Report } from '../checks/check.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import type { HelperFile } from './helper-file.ts';
import type { DataDocument, DataEntry, DataTable } from './syntax/data-tree.ts';

const DOTTED = /[\w-]+(?:[ \t]*\.[ \t]*[\w-]+)+/y;
/** What domains end with far more often than tenants and campaigns are called so. */
const ENDINGS = new Set(
  'com net org edu gov io co uk de fr es it nl ch at eu us ca jp cn ru br au in info biz'.split(
    ' ',
  ),
);

/** Places that were told, so that no other check tells what they lead to. */
export interface UnquotedDomains {
  readonly reports: readonly Report[];
  readonly told: ReadonlySet<DataTable>;
}

export function unquotedDomains(helper: HelperFile, document: DataDocument): UnquotedDomains {
  const reports: Report[] = [];
  const told = new Set<DataTable>();
  if (document.format !== 'toml') return { reports, told };
  for (const [table, { key, value }] of domainsOf(helper, document.root)) {
    if (value.kind !== 'table' || key.content.start !== key.start) continue;
    const at = dottedName(document.text, key);
    const written = at && document.text.slice(at.start, at.end).replaceAll(/[ \t]/g, '');
    if (at !== undefined && written !== undefined && isMeant(helper, value, written)) {
      told.add(value);
      reports.push({
        code: 'unquoted-domain',
        at,
        severity: helper.kind === 'queue' ? WARNING : ERROR,
        message: `Without quotes the dots of \`${written}\` make a table in a table, and ${CONSEQUENCE[helper.kind]}. Write \`"${written}"\`.`,
        fixes: [
          {
            title: `Write "${written}"`,
            preferred: true,
            edits: [{ at, newText: `"${written}"` }],
          },
        ],
      });
    } else if (helper.kind === 'shaping' && table === document.root && !key.text.includes('.')) {
      reports.push({
        code: 'unquoted-domain',
        at: key,
        severity: WARNING,
        message: `\`${key.text}\` is a domain of a single label, which kumod warns of: a domain with dots stands in quotes, \`["${key.text}.com"]\`.`,
      });
    }
  }
  return { reports, told };
}

const CONSEQUENCE: Readonly<Record<HelperFile['kind'], string>> = {
  queue: 'the settings are those of a tenant of that name',
  sources: 'the helper refuses the file',
  'listener-domains': 'the helper refuses the whole file with an error',
  'dkim-sign': 'the helper refuses the whole file with an error',
  shaping: 'kumod refuses the shaping files with an error',
};

/** The entries that are named by a domain, with the table that they are in. */
function* domainsOf({ kind }: HelperFile, root: DataTable): Generator<[DataTable, DataEntry]> {
  const inside = (name: string): DataTable | undefined => {
    const value = root.entries.get(name)?.value;
    return value?.kind === 'table' ? value : undefined;
  };
  const own = {
    queue: 'queue',
    'dkim-sign': 'domain',
    sources: undefined,
    shaping: undefined,
    'listener-domains': undefined,
  }[kind];
  if (own !== undefined) {
    const table = inside(own);
    for (const entry of table?.entries.values() ?? [])
      if (table !== undefined) yield [table, entry];
  }
  if (kind !== 'shaping' && kind !== 'listener-domains') return;
  for (const [name, entry] of root.entries) {
    if (name !== 'default' && name !== 'provider' && name !== 'listener') yield [root, entry];
  }
}

/** The whole of `gmail.com` where its first part is written. */
function dottedName(text: string, { start }: Span): Span | undefined {
  DOTTED.lastIndex = start;
  return DOTTED.test(text) ? { start, end: DOTTED.lastIndex } : undefined;
}

/** A queue's domain may have tenants without quotes; elsewhere nothing but fields follows a domain. */
function isMeant({ kind }: HelperFile, domain: DataTable, written: string): boolean {
  const parts = written.split('.');
  const second = domain.entries.get(parts[1] ?? '')?.value;
  if (second?.kind !== 'table') return false;
  if (kind === 'queue') return ENDINGS.has(parts.at(-1) ?? '');
  return ![
    'sources',
    'automation',
    'additional_connection_limits',
    'additional_message_rate_throttles',
    'additional_source_selection_rates',
  ].includes(parts[1] ?? '');
}
