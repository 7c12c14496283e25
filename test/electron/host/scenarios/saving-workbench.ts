/** A workbench in which scenarios are saved, and what was written. */
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scenario } from '../../../../electron/host/scenarios/scenario-schema.ts';
import { samplesFolder } from '../../../../electron/host/shipped-files.ts';
import { openWorkbench } from '../open-workbench.ts';
import type { OpenWorkbench } from '../open-workbench.ts';

/** Where the tests save. */
export const FILE = 'own.scenarios.json';

/** A log record, as the samples take it. */
export const form = {
  queue: 'amqp',
  sender: '',
  recipient: 'user@example.com',
  meta: {},
  headers: '',
  body: '{"type":"Delivery"}\n',
};

export interface SavingWorkbench {
  readonly workbench: OpenWorkbench;
  readonly saved: () => Scenario[];
}

/** @param file of a sample, such as `amqp-routing/init.lua`. */
export function copySample(file: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(samplesFolder(), file), to);
}

export async function openSaving(folder: string): Promise<SavingWorkbench> {
  const workbench = await openWorkbench({ open: folder });
  const saved = () =>
    (JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as { scenarios: Scenario[] }).scenarios;
  return { workbench, saved };
}

/** Runs a scenario of the file and answers how it ended. */
export async function ended(workbench: OpenWorkbench, name: string) {
  await workbench.handlers['scenarios.run']({ only: [{ file: FILE, name }] });
  return workbench.event(
    'scenario',
    (each) => each.name === name && each.state !== 'waiting' && each.state !== 'running',
  );
}
