/** Entries of the catalogue as people read them: in hovers, beside completions, at signatures. */
import type {
  Described,
  EventEntry,
  FieldEntry,
  FunctionEntry,
} from '../catalogue/catalogue-contract.ts';
import { documentationUrl } from '../catalogue/documentation-url.ts';
import { isNewerThan } from '../catalogue/releases.ts';
import type { MarkupContent } from '../lsp-types.ts';

type Callable = Pick<FunctionEntry | EventEntry, 'parameters' | 'returns' | 'variadic'>;

export interface Signature {
  readonly label: string;
  /** Offsets of each parameter in the label. */
  readonly parameters: readonly (readonly [number, number])[];
}

/** `kumo.reject(code: integer, message: string)`, with where its parameters stand. */
export function signatureOf(name: string, { parameters, returns, variadic }: Callable): Signature {
  let label = `${name}(`;
  const places: (readonly [number, number])[] = [];
  for (const { name: parameter, type, optional } of parameters) {
    if (places.length > 0) label += ', ';
    const start = label.length;
    label += `${parameter}${optional === true ? '?' : ''}: ${type}`;
    places.push([start, label.length]);
  }
  if (variadic !== undefined) {
    if (places.length > 0) label += ', ';
    const start = label.length;
    label += `...: ${variadic}`;
    places.push([start, label.length]);
  }
  label += ')';
  if (returns.length > 0) label += `: ${returns.join(', ')}`;
  return { label, parameters: places };
}

/** @param kumomta the release that the policy is for */
export function describeEntry(
  head: string | undefined,
  entry: Described,
  kumomta: string | undefined,
  more: readonly string[] = [],
): MarkupContent {
  const { summary, since, deprecated, page } = entry;
  const parts = [
    ...(head === undefined ? [] : [`\`\`\`lua\n${head}\n\`\`\``]),
    ...(deprecated === undefined
      ? []
      : [
          `**Deprecated**${deprecated.since === undefined ? '' : ` since ${deprecated.since}`}.` +
            (deprecated.use === undefined ? '' : ` Use \`${deprecated.use}\`.`),
        ]),
    ...(kumomta !== undefined && isNewerThan(entry, kumomta)
      ? [`**Not in KumoMTA ${kumomta}**, which this policy is for.`]
      : []),
    ...(summary === '' ? [] : [summary]),
    ...more,
    ...(since === undefined ? [] : [`Since KumoMTA ${since}.`]),
    ...(page === undefined ? [] : [`[KumoMTA's documentation](${documentationUrl(page)})`]),
  ];
  return { kind: 'markdown', value: parts.join('\n\n') };
}

export function describeField(field: FieldEntry, kumomta: string | undefined): MarkupContent {
  const { name, type, required, default: preset } = field;
  return describeEntry(`${name}: ${type}`, field, kumomta, [
    ...(required === true ? ['Required.'] : []),
    ...(preset === undefined ? [] : [`Default: \`${preset}\`.`]),
  ]);
}

export function describeFunction(
  fullName: string,
  entry: FunctionEntry,
  kumomta: string | undefined,
): MarkupContent {
  const about = entry.parameters.flatMap(({ name, summary }) =>
    summary === undefined ? [] : [`- \`${name}\`: ${summary}`],
  );
  return describeEntry(signatureOf(fullName, entry).label, entry, kumomta, [
    ...(about.length === 0 ? [] : [about.join('\n')]),
    ...(entry.here === 'refused'
      ? ['The workbench does not run it: calling it here is an error.']
      : []),
  ]);
}

export function describeEvent(event: EventEntry, kumomta: string | undefined): MarkupContent {
  return describeEntry(signatureOf(event.name, event).label, event, kumomta, [
    event.multi
      ? 'Several handlers may be registered; the first that returns a value ends it.'
      : 'Takes one handler.',
    `An error in it: ${event.onError}`,
    ...(event.onReject === undefined ? [] : [`\`kumo.reject\` in it: ${event.onReject}`]),
  ]);
}
