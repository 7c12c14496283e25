/** Holds the catalogue against KumoMTA's documentation: pages, names on them, versions. */
import type {
  Catalogue,
  Described,
} from '../../lua-runtime/analysis/catalogue/catalogue-contract.ts';
import { KUMOMTA_RELEASES } from '../../lua-runtime/analysis/catalogue/releases.ts';
import type { Checkout } from './checkout.ts';
import { readPage, type DocPage } from './doc-page.ts';
import { compareNames, type Finding } from './finding.ts';

/** Folders and pages of docs/reference that are not about the Lua API. */
const OTHER_SUBJECTS: readonly RegExp[] = [
  /^reference\/(?:http|kcli|metrics)\//, // other interfaces
  /^reference\/template\//, // filters of minijinja templates
  /^reference\/(?:access_control|configuration|index|memory|queues|smtp_server_events)\.md$/, // prose
];

/** Indexes of lists whose entries have their own pages. */
const INDEXES = new Set(['reference/kumo/_index.md', 'reference/events/_index.md']);

/** One entry of the catalogue, by what it is called in findings. */
interface Subject {
  readonly name: string;
  readonly entry: Described;
  /** What the alias that is the entry's type stands for. */
  readonly types?: string;
}

export function compareDocs(catalogue: Catalogue, checkout: Checkout): Finding[] {
  const subjects = subjectsOf(catalogue);
  const byPage = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const { page } = subject.entry;
    if (page !== undefined) byPage.set(page, [...(byPage.get(page) ?? []), subject]);
  }
  const pages = checkout
    .list('docs', '.md')
    .map((file) => file.slice('docs/'.length))
    .filter((file) => byPage.has(file) || file.startsWith('reference/'))
    .filter((file) => byPage.has(file) || !OTHER_SUBJECTS.some((other) => other.test(file)))
    .filter((file) => !INDEXES.has(file) || byPage.has(file));
  return [
    ...compareNames('page ', 'docs/', pages, byPage.keys()).filter(
      ({ kind, subject }) => kind !== 'missing' || !INDEXES.has(subject.slice('page '.length)),
    ),
    ...pages.flatMap((file) => {
      const page = readPage(checkout.read(`docs/${file}`));
      return comparePage(file, page, byPage.get(file) ?? []);
    }),
    ...compareReleases(checkout),
    ...subjects.flatMap(({ name, entry }) => unknownRelease(name, entry)),
  ];
}

/** Every entry that can have a page, or a version. */
function subjectsOf(catalogue: Catalogue): Subject[] {
  const aliases = new Map(catalogue.aliases.map(({ name, type }) => [name, type]));
  const subject = (name: string, entry: Described & { readonly type?: string }): Subject => {
    const types = aliases.get(entry.type ?? '');
    return { name, entry, ...(types === undefined ? {} : { types }) };
  };
  return [
    ...catalogue.modules.flatMap((module) => [
      subject(`module ${module.name}`, module),
      ...[...module.functions, ...(module.methods ?? [])].map((entry) =>
        subject(`function ${module.name}.${entry.name}`, entry),
      ),
      ...module.fields.map((entry) => subject(`field ${module.name}.${entry.name}`, entry)),
    ]),
    ...catalogue.objects.flatMap((object) => [
      subject(`object ${object.name}`, object),
      ...object.methods.map((entry) => subject(`method ${object.name}:${entry.name}`, entry)),
      ...object.fields.map((entry) => subject(`field ${object.name}.${entry.name}`, entry)),
    ]),
    ...catalogue.tables.flatMap((table) => [
      subject(`table ${table.name}`, table),
      ...table.fields.map((entry) =>
        subject(`field ${table.name}.${entry.name}`, {
          ...(table.page === undefined || entry.undocumented ? {} : { page: table.page }),
          ...entry,
        }),
      ),
    ]),
    ...catalogue.aliases.map((entry) => subject(`alias ${entry.name}`, entry)),
    ...catalogue.events.map((entry) => subject(`event ${entry.name}`, entry)),
    ...catalogue.policyNamedEvents.map((entry) => subject(`event ${entry.name}`, entry)),
  ];
}

function comparePage(file: string, page: DocPage, subjects: readonly Subject[]): Finding[] {
  const leaf = file.replace(/\/_index\.md$/, '.md').replace(/^.*\/|\.md$/g, '');
  const own = subjects.filter(({ name, entry }) => entry.name === leaf && !/^table /.test(name));
  return [
    ...own.flatMap(({ name, entry }) => [
      ...differentSince(name, `docs/${file}`, page.since, entry.since),
      ...(page.deprecated === (entry.deprecated !== undefined)
        ? []
        : [different(name, `docs/${file}: ${page.deprecated ? 'deprecated' : 'not deprecated'}`)]),
    ]),
    ...subjects
      .filter((subject) => !own.includes(subject))
      .flatMap((subject) => comparePart(file, page, subject)),
    ...namesOnPage(file, page, subjects),
  ];
}

/** An entry that shares its page: it must be named there, with the version that it has there. */
function comparePart(file: string, page: DocPage, { name, entry }: Subject): Finding[] {
  const where = `docs/${file}`;
  const isPart = /^(?:field|method) /.test(name);
  const word = new RegExp(`(?<!\\w)${entry.name}(?!\\w)`);
  if (isPart && !word.test(page.text)) {
    return [{ kind: 'invented', subject: name, detail: `${where} does not name it` }];
  }
  const section = isPart
    ? page.sections.find(({ heading }) =>
        new RegExp(`^(?:\`?\\w+[:.])?${entry.name}\\b`).test(heading),
      )
    : undefined;
  const item = isPart ? page.items.find((candidate) => candidate.name === entry.name) : undefined;
  const since = section?.since ?? item?.since;
  return since === undefined ? [] : differentSince(name, where, since, entry.since);
}

/** Names that the page explains, and the catalogue does not have for it. */
function namesOnPage(file: string, page: DocPage, subjects: readonly Subject[]): Finding[] {
  const tables = subjects.filter(({ name }) => /^table /.test(name));
  if (tables.length === 0 || !file.startsWith('reference/')) return [];
  const known = new Set(['nil', 'true', 'false', ...subjects.flatMap(namesOf)]);
  return (
    page.items
      // Upper case stands for an argument of the function that the page is about.
      .filter(({ name }) => !known.has(name) && name !== name.toUpperCase())
      .map(({ name }): Finding => {
        return { kind: 'missing', subject: `item ${name} of ${file}`, detail: `docs/${file}` };
      })
  );
}

/** An entry's own name, its parameters, and what its types and texts name. */
function namesOf({ entry, types }: Subject): string[] {
  const texts = JSON.stringify([entry, types]).matchAll(/'(\w+)'|`(\w+)`/g);
  const parameters = (entry as { parameters?: readonly Described[] }).parameters ?? [];
  return [
    entry.name,
    ...parameters.map(({ name }) => name),
    ...[...texts].map(([, literal, code]) => literal ?? code ?? ''),
  ];
}

function compareReleases(checkout: Checkout): Finding[] {
  const releases = checkout
    .list('docs/changelog', '.md')
    .map((file) => file.replace(/^.*\/|\.md$/g, ''))
    .filter((name) => name !== 'main');
  return compareNames(
    'release ',
    'docs/changelog/',
    releases,
    KUMOMTA_RELEASES.map(({ name }) => name),
  );
}

function unknownRelease(name: string, { since, deprecated }: Described): Finding[] {
  const dates = new Set(['dev', ...KUMOMTA_RELEASES.map(({ date }) => date)]);
  return [since, deprecated?.since].flatMap((version) =>
    version === undefined || dates.has(version)
      ? []
      : [different(name, `${version} is no release of KumoMTA`)],
  );
}

function differentSince(
  name: string,
  where: string,
  theirs: string | undefined,
  ours: string | undefined,
): Finding[] {
  if (theirs === ours) return [];
  return [different(name, `${where}: since ${theirs ?? 'always'}, not ${ours ?? 'always'}`)];
}

function different(subject: string, detail: string): Finding {
  return { kind: 'different', subject, detail };
}
