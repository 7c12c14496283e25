/** Where the window was when it was last closed. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const windowStateSchema = z.object({
  /** In device-independent pixels of the whole desktop. */
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400),
  height: z.number().int().min(300),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The remembered state, or undefined when there is none, it is damaged, or it lies where no display
 * is any more.
 *
 * @param workAreas of the displays that are there now
 */
export function readWindowState(file: string, workAreas: readonly Area[]): WindowState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const state = windowStateSchema.safeParse(parseJson(text)).data;
  return state && workAreas.some((area) => showsTitleBar(state, area)) ? state : undefined;
}

/** A window that cannot be remembered is no reason to disturb anyone. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch (error) {
    console.error(`The window's place was not kept in ${file}:`, error);
  }
}

/** Whether enough of the window's upper edge is visible to take hold of it. */
function showsTitleBar(state: WindowState, area: Area): boolean {
  const visibleWidth =
    Math.min(state.x + state.width, area.x + area.width) - Math.max(state.x, area.x);
  return visibleWidth >= 100 && state.y >= area.y && state.y <= area.y + area.height - 40;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
