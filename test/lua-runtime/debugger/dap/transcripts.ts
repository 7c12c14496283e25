/**
 * Golden transcripts of DAP sessions: each scenario drives the real adapter over a real run (its own
 * workers, an embedded broker) on both engines and is compared with `transcripts/NAME.txt`. Where
 * fengari truly says something else there is a `NAME.fengari.txt` beside it.
 *
 * `UPDATE_TRANSCRIPTS=1 npm run unit -- test/lua-runtime/debugger/dap` writes them anew; read the
 * difference before you keep it.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TranscribedClient } from './transcribed-client.ts';
import type { ClientOptions } from './transcribed-client.ts';

const folder = join(import.meta.dirname, 'transcripts');
const updates = process.env.UPDATE_TRANSCRIPTS === '1';
const ENGINES = ['lua54', 'fengari'] as const;
export type Engine = (typeof ENGINES)[number];

export interface Scenario extends ClientOptions {
  /** Only this one, and why the other cannot. */
  readonly only?: { readonly engine: Engine; readonly because: string };
  readonly play: (client: TranscribedClient) => Promise<void>;
}

/** Above all patience for one answer, so that a failure shows the transcript. */
const TEST_TIMEOUT_MS = 60_000;
const names = new Set<string>();

/** `name` says what the transcript shows; it is that of its file. */
export function scenario(name: string, { only, play, ...options }: Scenario): void {
  if (names.has(name)) throw new Error(`There are two scenarios ${name}.`);
  names.add(name);
  const engines = ENGINES.filter((engine) => only === undefined || only.engine === engine);
  describe(name, () => {
    const engineTest = async (engine: Engine): Promise<void> => {
      const played = await transcriptOf(name, engine, options, play);
      if (updates) await update(name, engine, played);
      expect(played).toBe(stored(name, engine));
    };
    test.each(engines)('%s', engineTest, TEST_TIMEOUT_MS);
  });
}

async function transcriptOf(
  name: string,
  engine: Engine,
  options: ClientOptions,
  play: Scenario['play'],
): Promise<string> {
  const client = new TranscribedClient(engine, options);
  try {
    await play(client);
  } catch (error) {
    // What was said until then is what one needs to see.
    const so = `${name} on ${engine} did not come to its end:\n${client.transcript()}`;
    throw new Error(so, { cause: error });
  } finally {
    await client.close();
  }
  return client.transcript();
}

function fileOf(name: string, engine: Engine): string {
  return join(folder, engine === 'lua54' ? `${name}.txt` : `${name}.${engine}.txt`);
}

function stored(name: string, engine: Engine): string {
  const own = fileOf(name, engine);
  const file = existsSync(own) ? own : fileOf(name, 'lua54');
  return existsSync(file) ? readFileSync(file, 'utf8') : `There is no transcript ${file}.`;
}

/** Lua 5.4 comes first; fengari has a file of its own only where it differs. */
async function update(name: string, engine: Engine, played: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const own = fileOf(name, engine);
  if (engine !== 'lua54') {
    rmSync(own, { force: true });
    if (stored(name, 'lua54') === played) return;
  }
  writeFileSync(own, played);
}
