/**
 * `workbench.json` beside a policy: what the people who write it have agreed on. It is read by the
 * editor and by `check`, and belongs into their repository.
 *
 *     { "kumomta": "2025.12.02", "silenced": { "deprecated": "we move in spring" } }
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type {
  AnalysisOptions,
  Finding,
  Range,
} from '../../../lua-runtime/analysis/analysis-contract.ts';
import { KUMOMTA_RELEASES } from '../../../lua-runtime/analysis/catalogue/releases.ts';
import { CHECK_CODES } from '../../../lua-runtime/analysis/checks/check-codes.ts';
import { LineMap } from '../../../lua-runtime/analysis/line-map.ts';
import { nearestName } from '../../../lua-runtime/kumo/nearest-name.ts';

export const WORKBENCH_FILE = 'workbench.json';

const schema = z.strictObject({
  /** The release that the policy is for, with or without its commit. */
  kumomta: z.string().optional(),
  /** Checks that are switched off, each with the reason. */
  silenced: z.record(z.string(), z.string()).optional(),
});

export interface WorkbenchFile {
  readonly options: AnalysisOptions;
  /** What of it cannot be used, on its place. */
  readonly problems: readonly Finding[];
}

/** A release as the catalogue names it, without its commit; undefined when there is none of that name. */
export function releaseNamed(text: string): string | undefined {
  const [release = ''] = text.split('-');
  return KUMOMTA_RELEASES.some(({ date }) => date === release) ? release : undefined;
}

/** The file of a folder; a missing one says nothing. */
export async function readWorkbenchFile(root: string): Promise<WorkbenchFile> {
  try {
    return parseWorkbenchFile(await readFile(join(root, WORKBENCH_FILE), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { options: { silenced: {} }, problems: [] };
  }
}

/** What is wrong in it is left out, and told. */
export function parseWorkbenchFile(text: string): WorkbenchFile {
  const problems: Finding[] = [];
  const tell = (message: string, range: Range): void => {
    problems.push({ file: WORKBENCH_FILE, range, severity: 2, code: 'workbench-file', message });
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(why)?.[1] ?? text.length);
    tell(
      `This is not JSON, so nothing of it is used: ${why}.`,
      new LineMap(text).range({ start: at, end: at + 1 }),
    );
    return { options: { silenced: {} }, problems };
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const keys = 'keys' in issue ? issue.keys : [];
      const name = keys[0] ?? issue.path.at(-1);
      tell(
        'Nothing of the file is used: it takes "kumomta", a release, and "silenced", an object from the code of a check to the reason.',
        placeOf(text, name === undefined ? undefined : String(name)),
      );
    }
    return { options: { silenced: {} }, problems };
  }
  const { kumomta, silenced = {} } = parsed.data;
  const release = kumomta === undefined ? undefined : releaseNamed(kumomta);
  if (kumomta !== undefined && release === undefined) {
    tell(
      `${kumomta} is no release of KumoMTA; the newest known is ${KUMOMTA_RELEASES.at(-1)?.date ?? ''}.`,
      placeOf(text, kumomta),
    );
  }
  for (const [code, reason] of Object.entries(silenced)) {
    if (!CHECK_CODES.has(code)) {
      const meant = nearestName(code, CHECK_CODES);
      tell(
        `No check is named ${code}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
        placeOf(text, code),
      );
    } else if (reason.trim() === '') {
      tell(
        `${code} is not silenced: say why, so that somebody can judge it later.`,
        placeOf(text, code),
      );
    }
  }
  const reasoned = Object.entries(silenced).filter(
    ([code, reason]) => CHECK_CODES.has(code) && reason.trim() !== '',
  );
  return { options: { kumomta: release, silenced: Object.fromEntries(reasoned) }, problems };
}

/** Where a name or value stands in quotes; the first character where it does not. */
function placeOf(text: string, quoted: string | undefined): Range {
  const at = quoted === undefined ? -1 : text.indexOf(JSON.stringify(quoted));
  const span =
    at < 0 || quoted === undefined
      ? { start: 0, end: 1 }
      : { start: at, end: at + JSON.stringify(quoted).length };
  return new LineMap(text).range(span);
}
