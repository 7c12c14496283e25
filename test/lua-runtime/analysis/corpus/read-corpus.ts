/** The policies of the corpus, one file each. Behind a line `---- PATH` stands a module of the policy. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface CorpusPolicy {
  readonly name: string;
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
}

export function corpusPolicies(kind: 'broken' | 'correct'): CorpusPolicy[] {
  const folder = path.join(import.meta.dirname, kind);
  return readdirSync(folder).map((file) => {
    const [policy = '', ...modules] = readFileSync(path.join(folder, file), 'utf8').split(
      /^---- (\S+)\n/m,
    );
    const files: Record<string, string> = { 'init.lua': policy };
    for (let i = 0; i + 1 < modules.length; i += 2) {
      files[modules[i] as string] = modules[i + 1] as string;
    }
    return { name: file.replace(/\.lua$/, ''), files };
  });
}
