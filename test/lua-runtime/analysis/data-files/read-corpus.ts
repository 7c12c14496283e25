/** Small workspaces, one file each: behind a line `---- PATH` stands a file of it, ` <-- CODE` marks a line. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface CorpusWorkspace {
  readonly name: string;
  /** Without the marks, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** `FILE:LINE: CODE`, lines from 1. */
  readonly marked: readonly string[];
}

const MARK = / <-- ([a-z-]+)$/;

export function corpusWorkspaces(kind: 'broken' | 'correct'): CorpusWorkspace[] {
  const folder = path.join(import.meta.dirname, 'corpus', kind);
  return readdirSync(folder).map((name) => {
    const [, ...parts] = readFileSync(path.join(folder, name), 'utf8').split(/^---- (\S+)\n/m);
    const files: Record<string, string> = {};
    const marked: string[] = [];
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const file = parts[i] ?? '';
      const lines = (parts[i + 1] ?? '').split('\n');
      files[file] = lines.map((line) => line.replace(MARK, '')).join('\n');
      for (const [at, line] of lines.entries()) {
        const code = MARK.exec(line)?.[1];
        if (code !== undefined) marked.push(`${file}:${at + 1}: ${code}`);
      }
    }
    return { name: name.replace(/\.txt$/, ''), files, marked };
  });
}
