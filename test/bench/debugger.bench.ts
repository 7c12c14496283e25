/**
 * What debugging costs a script that stops nowhere, in CPU time against the same script without a
 * debugger, and beside it what `debug.sethook` costs under native Lua; and how soon a step is answered.
 */
import { renderTable } from './table.ts';
import { hookComparisons } from './debugger/hook.ts';
import { liveComparisons } from './debugger/live.ts';
import { stepReadings } from './debugger/steps.ts';

const comparisons = [...(await hookComparisons()), ...(await liveComparisons())];
process.stdout.write(`${renderTable(comparisons, await stepReadings())}\n`);
