/** What a key costs in a 2,000-line policy: the findings of the checks, and completion, in this process. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LanguageService } from '../../lua-runtime/analysis/service/language-service.ts';
import { percentile } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { renderTable } from './table.ts';

const LINES = 2_000;
const WARM_UP = 30;
const ROUNDS = 100;
const FINDINGS_AIM_MS = 100;
const COMPLETION_AIM_MS = 50;

/** The sample's code over and over, each with a constructor of its own. */
async function longPolicy(): Promise<string> {
  const sample = path.join(projectFolder, 'lua-runtime/samples/tenant-campaign-routing/init.lua');
  const block = await readFile(sample, 'utf8');
  let text = '';
  for (let i = 0; text.split('\n').length < LINES; i++) {
    text += `do\n${block.replaceAll('make.mail', `make.mail${i}`)}end\n`;
  }
  return text;
}

const policy = await longPolicy();
const lastLine = policy.split('\n').length - 1;

/** Milliseconds of each round; every round is another text, as after a key. */
function timed(round: (service: LanguageService, text: string) => void): readonly number[] {
  const service = new LanguageService();
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + ROUNDS; i++) {
    const text = `${policy}local x${i} = `;
    const start = performance.now();
    round(service, text);
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  return times;
}

const findings = percentile(
  timed((service, text) => {
    service.setText('init.lua', `${text}1\n`);
    service.findings();
  }),
  95,
);
const completion = percentile(
  timed((service, text) => {
    const typed = `${text}kumo.`;
    service.setText('init.lua', typed);
    const position = { line: lastLine, character: typed.length - typed.lastIndexOf('\n') - 1 };
    service.answer({ method: 'completion', path: 'init.lua', position });
  }),
  95,
);

process.stdout.write(
  `${renderTable(
    [],
    [
      {
        subject: `findings after a key, ${LINES} lines, p95 of ${ROUNDS}`,
        value: `${findings.toFixed(0)} ms`,
        aim: `under ${FINDINGS_AIM_MS} ms`,
        met: findings < FINDINGS_AIM_MS,
      },
      {
        subject: `completion after a key, ${LINES} lines, p95 of ${ROUNDS}`,
        value: `${completion.toFixed(0)} ms`,
        aim: `under ${COMPLETION_AIM_MS} ms`,
        met: completion < COMPLETION_AIM_MS,
      },
    ],
  )}\n`,
);
