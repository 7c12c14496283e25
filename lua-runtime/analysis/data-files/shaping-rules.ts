/** What kumod checks of shaping files beside names and types (KumoMTA crates/kumo-api-types/src/shaping.rs). */
import { findField, findTable } from '../catalogue/catalogue.ts';
import { resolvedType } from '../catalogue/resolve-type.ts';
import { ERROR, type Report } from '../checks/check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';
import type { DataFit } from './data-fit.ts';
import type { DataTable, DataValue } from './syntax/data-tree.ts';

const PATH = 'EgressPathParameters';

export function shapingRules(root: DataTable, fit: DataFit, refusal: string): Report[] {
  const providers = root.entries.get('provider')?.value;
  return [
    ...tablesIn(providers).flatMap((provider) => providerMatches(provider, refusal)),
    ...[...tablesIn(root), ...tablesIn(providers)].flatMap((entry) =>
      rulesOf(entry).flatMap((rule) => setFields(rule, fit, refusal)),
    ),
  ];
}

/** Each entry of `match` says one thing. */
function providerMatches(provider: DataTable, refusal: string): Report[] {
  return itemsOf(provider.entries.get('match')?.value).flatMap((match): Report[] => {
    if (match.kind !== 'table') return [];
    const known = [...match.entries.keys()].every((name) =>
      findField('ShapingProviderMatch', name),
    );
    if (match.entries.size === 1 || !known) return [];
    return [
      {
        code: 'no-variant',
        at: match.name,
        severity: ERROR,
        message: `An entry of \`match\` has exactly one of \`MXSuffix\`, \`DomainSuffix\` and \`HostName\`. ${refusal}.`,
      },
    ];
  });
}

/** What a rule sets is a field of egress paths, with a value that fits. */
function setFields(rule: DataTable, fit: DataFit, refusal: string): Report[] {
  return itemsOf(rule.entries.get('action')?.value).flatMap((action): Report[] => {
    if (action.kind !== 'table') return [];
    const set =
      action.entries.get('SetConfig')?.value ?? action.entries.get('SetDomainConfig')?.value;
    if (set?.kind !== 'table') return [];
    const name = set.entries.get('name')?.value;
    const value = set.entries.get('value')?.value;
    if (name?.kind !== 'string') return [];
    const field = findField(PATH, name.value);
    if (field !== undefined) {
      const type = resolvedType(field.type);
      return value === undefined ? [] : fit.problems(value, type, `\`${name.value}\``);
    }
    const near = nearestName(name.value, findTable(PATH)?.fields.map((each) => each.name) ?? []);
    return [
      {
        code: 'unknown-field',
        at: name,
        severity: ERROR,
        message: `Egress paths have no field \`${name.value}\`. ${refusal}.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
        page: findTable(PATH)?.page,
        ...(near === undefined
          ? {}
          : {
              fixes: [
                {
                  title: `Change to ${near}`,
                  preferred: true as const,
                  edits: [{ at: name.content, newText: near }],
                },
              ],
            }),
      },
    ];
  });
}

function rulesOf(entry: DataTable): DataTable[] {
  return itemsOf(entry.entries.get('automation')?.value).filter((rule) => rule.kind === 'table');
}

function tablesIn(value: DataValue | undefined): DataTable[] {
  if (value?.kind !== 'table') return [];
  return [...value.entries.values()].flatMap((entry) =>
    entry.value.kind === 'table' ? [entry.value] : [],
  );
}

/** Of a list, or the one value in place of it. */
function itemsOf(value: DataValue | undefined): readonly DataValue[] {
  if (value === undefined) return [];
  return value.kind === 'array' ? value.items : [value];
}
