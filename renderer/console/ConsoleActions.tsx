import { clearConsole, levels, useConsole, type Level } from './console-store.ts';
import './console-actions.css';

const names: Record<Level, string> = {
  error: 'Errors',
  warn: 'Warnings and errors',
  info: 'Info and above',
  debug: 'Everything',
};

export function ConsoleActions() {
  const level = useConsole((state) => state.level);
  return (
    <>
      <select
        className="input console-filter"
        aria-label="Show levels"
        value={level}
        onChange={(event) => {
          const chosen = levels.find((one) => one === event.target.value);
          if (chosen) useConsole.setState({ level: chosen });
        }}
      >
        {levels.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
      <button type="button" className="button quiet" onClick={clearConsole}>
        Clear
      </button>
    </>
  );
}
