import { useMemo } from 'react';
import type { Diagnostic, MissingName, PolicyFailure } from '../../electron/bridge/contract.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { useProblems } from './problems-store.ts';

export interface ProblemPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface Problem extends ProblemPlace {
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  /** Name of the check; absent for what the compiler or a load says. */
  readonly code?: string;
  /** KumoMTA's page on it. */
  readonly href?: string;
  readonly related: readonly (ProblemPlace & { readonly message: string })[];
}

/** Everything that is wrong, the worst of each file first; a failed load only when it says more. */
export function problemsOf(
  diagnostics: readonly Diagnostic[],
  failure: PolicyFailure | undefined,
  policyFile: string,
  missing: readonly MissingName[] = [],
): readonly Problem[] {
  const problems = diagnostics.map((diagnostic): Problem => {
    const { severity, message, code, href, related = [] } = diagnostic;
    return {
      ...placeOf(diagnostic),
      severity,
      message,
      ...(code === 'syntax' ? {} : { code }),
      ...(href === undefined ? {} : { href }),
      related: related.map((place) => ({ ...placeOf(place), message: place.message })),
    };
  });
  const at = failure?.location;
  const isTold = problems.some(
    (p) => p.severity === 1 && p.file === at?.file && p.line === at.line,
  );
  if (failure !== undefined && !isTold) {
    problems.push({
      file: at?.file ?? policyFile,
      line: at?.line ?? 1,
      column: 1,
      severity: 1,
      message: failure.summary,
      related: [],
    });
  }
  for (const { kind, sentence, location } of missing) {
    problems.push({
      file: location?.file ?? policyFile,
      line: location?.line ?? 1,
      column: 1,
      severity: 2,
      message: `${sentence} The last run published to it.`,
      code: `missing-${kind}`,
      related: [],
    });
  }
  return problems.sort(
    (a, b) =>
      a.severity - b.severity ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column,
  );
}

function placeOf({ file, range }: Pick<Diagnostic, 'file' | 'range'>): ProblemPlace {
  return { file, line: range.start.line + 1, column: range.start.character + 1 };
}

/** What is wrong in the workspace now. */
export function useProblemList(): readonly Problem[] {
  const { syntax, findings, missing } = useProblems();
  const failure = useWorkspace((state) => state.policy.failure);
  const policyFile = useWorkspace((state) => state.workspace?.policyFile);
  return useMemo(
    () =>
      problemsOf(
        [...Object.values(syntax).flat(), ...Object.values(findings).flat()],
        failure,
        policyFile ?? '',
        missing,
      ),
    [syntax, findings, failure, policyFile, missing],
  );
}
