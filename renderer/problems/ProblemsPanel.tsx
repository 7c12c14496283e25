import { CircleX, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Diagnostic } from '../../electron/bridge/contract.ts';
import { goToLocation } from '../editor/go-to-location.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { useProblems } from './problems-store.ts';
import './problems.css';

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
}

/** Syntax errors of open files, and why the saved policy does not load when that says more. */
export function useProblemList(): readonly Problem[] {
  const byFile = useProblems((state) => state.byFile);
  const failure = useWorkspace((state) => state.policy.failure);
  const policyFile = useWorkspace((state) => state.workspace?.policyFile);
  return useMemo(() => {
    const problems: Problem[] = Object.values(byFile)
      .flat()
      .map(({ file, range, severity, message }) => ({
        file,
        line: range.start.line + 1,
        column: range.start.character + 1,
        severity,
        message,
      }));
    const at = failure?.location;
    if (failure && !problems.some((p) => p.file === at?.file && p.line === at.line)) {
      problems.unshift({
        file: at?.file ?? policyFile ?? '',
        line: at?.line ?? 1,
        column: 1,
        severity: 1,
        message: failure.summary,
      });
    }
    return problems;
  }, [byFile, failure, policyFile]);
}

export function ProblemsPanel() {
  const problems = useProblemList();
  if (problems.length === 0) {
    return <p className="empty">No problems. The open files compile and the policy loads.</p>;
  }
  return (
    <ul className="problems" aria-label="Problems">
      {problems.map((problem, index) => (
        <li key={index}>
          <button type="button" className="problem" onClick={() => void goToLocation(problem)}>
            {problem.severity === 1 ? (
              <CircleX size={13} aria-label="Error" className="tone-fail" />
            ) : (
              <TriangleAlert size={13} aria-label="Warning" className="tone-warn" />
            )}
            <span className="problem-text">{problem.message}</span>
            <span className="mono faint">
              {problem.file}:{problem.line}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
