import type { SourceLocation } from '../../electron/bridge/contract.ts';
import { goToLocation } from '../editor/go-to-location.ts';

/** `init.lua:16`: goes to the line, always. */
export function LocationLink({ location }: { readonly location: SourceLocation }) {
  const name = location.file.slice(location.file.lastIndexOf('/') + 1);
  return (
    <button
      type="button"
      className="link"
      title={`Go to ${location.file}, line ${location.line}`}
      onClick={(event) => {
        event.stopPropagation();
        void goToLocation(location);
      }}
    >
      {name}:{location.line}
    </button>
  );
}
