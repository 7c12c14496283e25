import { CircleX, Info, TriangleAlert } from 'lucide-react';
import { LocationLink } from '../controls/LocationLink.tsx';
import { goToLocation } from '../editor/go-to-location.ts';
import { useProblemList, type Problem } from './problem-list.ts';
import './problems.css';

function SeverityIcon({ severity }: Pick<Problem, 'severity'>) {
  if (severity === 1) return <CircleX size={13} aria-label="Error" className="tone-fail" />;
  if (severity === 2) return <TriangleAlert size={13} aria-label="Warning" className="tone-warn" />;
  return <Info size={13} aria-label="Information" className="tone-info" />;
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const { code, href } = problem;
  return (
    <li className="problem-row">
      <button type="button" className="problem" onClick={() => void goToLocation(problem)}>
        <SeverityIcon severity={problem.severity} />
        <span className="problem-text">{problem.message}</span>
        <span className="mono faint">
          {problem.file}:{problem.line}
        </span>
      </button>
      {(code !== undefined || problem.related.length > 0) && (
        <p className="problem-more">
          {code !== undefined &&
            (href === undefined ? (
              <span className="mono faint">{code}</span>
            ) : (
              <a
                className="link mono"
                href={href}
                target="_blank"
                rel="noreferrer"
                title={`KumoMTA’s documentation: ${href}`}
              >
                {code}
              </a>
            ))}
          {problem.related.map((place, index) => (
            <span key={index} className="faint">
              {place.message} <LocationLink location={place} />
            </span>
          ))}
        </p>
      )}
    </li>
  );
}

export function ProblemsPanel() {
  const problems = useProblemList();
  if (problems.length === 0) {
    return (
      <p className="empty">
        No problems. The open files compile, the policy loads and the checks find nothing.
      </p>
    );
  }
  return (
    <ul className="problems" aria-label="Problems">
      {problems.map((problem, index) => (
        <ProblemRow key={index} problem={problem} />
      ))}
    </ul>
  );
}
