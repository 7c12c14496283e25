/** What can stand behind the dot or the colon of a value. */
import { findTable, subModules } from '../catalogue/catalogue.ts';
import type { FieldEntry, FunctionEntry } from '../catalogue/catalogue-contract.ts';
import { CompletionKind } from '../lsp-types.ts';
import type { Evaluator } from '../values/evaluator.ts';
import { LUA_MEMBERS } from '../values/library-members.ts';
import type { Value } from '../values/value.ts';
import { describeEntry, describeField, describeFunction, signatureOf } from './describe-entry.ts';
import type { Proposal } from './proposal.ts';

export function memberProposals(
  evaluator: Evaluator,
  value: Value,
  isMethod: boolean,
  kumomta: string | undefined,
): readonly Proposal[] {
  switch (value.kind) {
    case 'module': {
      const { module } = value;
      const functions = (entries: readonly FunctionEntry[] = []): readonly Proposal[] =>
        sortedByUse(entries).map((entry) =>
          ofFunction(`${module.name}.${entry.name}`, entry, kumomta),
        );
      if (isMethod) return functions(module.methods);
      return [
        ...functions(module.functions),
        ...module.fields.map((field) => ofField(field, kumomta)),
        ...subModules(module.name).map((sub) => ({
          label: sub.name.slice(module.name.length + 1),
          kind: CompletionKind.module,
          documentation: describeEntry(sub.name, sub, kumomta),
        })),
      ];
    }
    case 'object': {
      const { object } = value;
      if (isMethod) {
        return sortedByUse(object.methods).map((entry) => ({
          ...ofFunction(`${object.name}:${entry.name}`, entry, kumomta),
          kind: CompletionKind.method,
        }));
      }
      const readable =
        object.readsAs === undefined ? [] : (findTable(object.readsAs)?.fields ?? []);
      return [...object.fields, ...readable].map((field) => ofField(field, kumomta));
    }
    case 'table':
      return evaluator.tables.names(value).flatMap((name): Proposal[] => {
        const isFunction = evaluator.tables
          .field(value, name)
          .some(({ kind }) => kind === 'function' || kind === 'api-function');
        if (isMethod && !isFunction) return [];
        return [{ label: name, kind: isFunction ? CompletionKind.function : CompletionKind.field }];
      });
    case 'library':
      return isMethod ? [] : libraryProposals(value.name);
    case 'string':
      return isMethod ? libraryProposals('string') : [];
    default:
      return [];
  }
}

function libraryProposals(library: string): readonly Proposal[] {
  return (LUA_MEMBERS[library] ?? []).map((label) => ({ label, kind: CompletionKind.function }));
}

function ofFunction(fullName: string, entry: FunctionEntry, kumomta: string | undefined): Proposal {
  return {
    label: entry.name,
    kind: CompletionKind.function,
    detail: signatureOf('', entry).label,
    documentation: describeFunction(fullName, entry, kumomta),
    deprecated: entry.deprecated !== undefined,
  };
}

function ofField(field: FieldEntry, kumomta: string | undefined): Proposal {
  return {
    label: field.name,
    kind: CompletionKind.field,
    detail: field.type,
    documentation: describeField(field, kumomta),
    deprecated: field.deprecated !== undefined,
  };
}

/** What is deprecated comes last. */
function sortedByUse<T extends FunctionEntry>(entries: readonly T[]): readonly T[] {
  return [
    ...entries.filter(({ deprecated }) => deprecated === undefined),
    ...entries.filter(({ deprecated }) => deprecated !== undefined),
  ];
}
