/** The names that stand in quotes: events, constructors, modules. */
import { catalogue } from '../catalogue/catalogue.ts';
import type { TableEntry } from '../catalogue/catalogue-contract.ts';
import { CompletionKind } from '../lsp-types.ts';
import { walk } from '../syntax/walk.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import { describeEntry, describeEvent } from './describe-entry.ts';
import type { Proposal } from './proposal.ts';

export type TextPurpose =
  | { readonly kind: 'event' }
  | { readonly kind: 'constructor' }
  | { readonly kind: 'module'; readonly from: SourceFile };

export function isConstructorName(tables: readonly TableEntry[], field: string): boolean {
  return tables.some(({ name }) => `${name}.${field}` === 'CustomLuaProtocol.constructor');
}

export function namesForText(
  purpose: TextPurpose,
  evaluator: ProgramEvaluator,
  kumomta: string | undefined,
): readonly Proposal[] {
  switch (purpose.kind) {
    case 'event':
      return [
        ...constructorsNamed(evaluator).map((label) => ({
          label,
          kind: CompletionKind.event,
          detail: 'constructor that a queue names',
        })),
        ...catalogue.events.map((event) => ({
          label: event.name,
          kind: CompletionKind.event,
          documentation: describeEvent(event, kumomta),
          deprecated: event.deprecated !== undefined,
        })),
      ];
    case 'constructor':
      return registeredConstructors(evaluator).map((label) => ({
        label,
        kind: CompletionKind.event,
        detail: 'constructor that has a handler',
      }));
    case 'module':
      return [
        ...evaluator.program.moduleNames(purpose.from).map((label) => ({
          label,
          kind: CompletionKind.module,
          detail: 'module of this policy',
        })),
        ...catalogue.modules.flatMap((module): Proposal[] =>
          module.require === undefined
            ? []
            : [
                {
                  label: module.require,
                  kind: CompletionKind.module,
                  documentation: describeEntry(module.name, module, kumomta),
                },
              ],
        ),
      ];
  }
}

/** Names that handlers are registered for and that kumod does not fire itself. */
function registeredConstructors({ roles }: ProgramEvaluator): readonly string[] {
  const names = roles.registrations.flatMap(({ event, entry }) =>
    event === undefined || event === '' || entry !== undefined ? [] : [event],
  );
  return [...new Set(names)];
}

/** What queues name as their constructor. */
export function constructorsNamed({ program }: ProgramEvaluator): readonly string[] {
  const names = new Set<string>();
  for (const { chunk } of program.files.values()) {
    walk(chunk, (node) => {
      if (
        node.kind === 'NamedField' &&
        node.name === 'constructor' &&
        node.value.kind === 'String' &&
        node.value.value !== ''
      ) {
        names.add(node.value.value);
      }
      return true;
    });
  }
  return [...names];
}
