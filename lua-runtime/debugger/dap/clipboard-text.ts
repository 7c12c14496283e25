import type { DebugTarget } from '../debug-target.ts';
import type { Variable } from '../debugger-contract.ts';

/** Nobody pastes more, and a table may hold itself. */
const MOST_LINES = 1_000;
const DEEPEST = 5;

/** A value with everything in it, a line for each field, for the clipboard. */
export async function clipboardText(target: DebugTarget, variable: Variable): Promise<string> {
  if (variable.ref <= 0) return variable.value;
  const lines: string[] = [];
  await addFields(target, variable.ref, 1, lines);
  return [variable.value, ...lines].join('\n');
}

async function addFields(
  target: DebugTarget,
  ref: number,
  depth: number,
  lines: string[],
): Promise<void> {
  const count = MOST_LINES - lines.length;
  if (count <= 0) return;
  for (const field of await target.ask({ kind: 'variables', ref, start: 0, count })) {
    if (lines.length >= MOST_LINES) {
      lines.push('…');
      return;
    }
    lines.push(`${'  '.repeat(depth)}${field.name} = ${field.value}`);
    if (field.ref > 0 && depth < DEEPEST) await addFields(target, field.ref, depth + 1, lines);
  }
}
