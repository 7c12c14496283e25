import { formatQuantity } from '../../wording/quantities.ts';
import { useCoverage } from './coverage-store.ts';
import { exportLcov } from './export-lcov.ts';
import { clearCoverage, readCoverage } from './read-coverage.ts';
import './coverage-actions.css';

/** Which runs are shown, and what can be done with what they ran. */
export function CoverageActions() {
  const runs = useCoverage((state) => state.runs);
  const summed = useCoverage((state) => state.summed);
  const reading = useCoverage((state) => state.reading);
  const problem = useCoverage((state) => state.problem);
  if (runs.length === 0) return null;
  return (
    <>
      {problem !== undefined && (
        <span className="tone-fail clip tabs-problem" title={problem}>
          {problem}
        </span>
      )}
      {runs.length > 1 && (
        <select
          className="input plain coverage-runs"
          aria-label="Which runs"
          value={summed ? 'sum' : 'newest'}
          onChange={(event) => useCoverage.setState({ summed: event.target.value === 'sum' })}
        >
          <option value="newest">
            {runs.at(-1)?.key === 'scenarios' ? 'Scenarios together' : 'Newest run'}
          </option>
          <option value="sum">{formatQuantity(runs.length, 'run')} together</option>
        </select>
      )}
      <button
        type="button"
        className="button quiet"
        aria-disabled={reading}
        onClick={() => void readCoverage()}
      >
        {reading ? 'Reading' : 'Read newest run'}
      </button>
      <button type="button" className="button quiet" onClick={() => void exportLcov()}>
        Save lcov
      </button>
      <button type="button" className="button quiet" onClick={clearCoverage}>
        Clear
      </button>
    </>
  );
}
