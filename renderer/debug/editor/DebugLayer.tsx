import { BreakpointZone } from './BreakpointZone.tsx';
import { GutterMenu } from './GutterMenu.tsx';
import './debug-editor.css';

/** What debugging lays over the text. */
export function DebugLayer() {
  return (
    <>
      <GutterMenu />
      <BreakpointZone />
    </>
  );
}
