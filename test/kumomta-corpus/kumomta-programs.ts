/**
 * The Lua programs of a KumoMTA checkout: its policies, examples, helpers and test policies, and what
 * its documentation prints.
 */
import fs from 'node:fs';
import path from 'node:path';
import { readSource, type SourceFile } from '../../lua-runtime/analysis/values/source-file.ts';
import { walk } from '../../lua-runtime/analysis/syntax/walk.ts';

export interface KumoMtaProgram {
  /** Path in the checkout; of a snippet with the line of its first line behind it: `docs/a.md:12`. */
  readonly name: string;
  readonly file: SourceFile;
  /** The modules that it requires and that are in the checkout, by the path `require` leads to. */
  readonly modules: ReadonlyMap<string, SourceFile>;
}

/** Folders with programs that are loaded as they are. */
export const PROGRAM_FOLDERS = ['assets', 'crates', 'examples', 'docker'];
/** `PREFIX/?.lua` (KumoMTA crates/config/src/lib.rs 137-148): `assets` is /opt/kumomta/share. */
const MODULE_FOLDER = 'assets';

/** Every .lua file outside of the documentation. */
export function luaFiles(checkout: string): KumoMtaProgram[] {
  return PROGRAM_FOLDERS.flatMap((folder) => filesBelow(checkout, folder, '.lua')).map((name) =>
    program(checkout, name, fs.readFileSync(path.join(checkout, name), 'utf8')),
  );
}

/** Snippets of the documentation that are whole programs: they can be read, and get `kumo` themselves. */
export function documentedPrograms(checkout: string): KumoMtaProgram[] {
  return snippets(checkout)
    .filter(({ text }) => requiresKumo(text))
    .map(({ name, text }) => program(checkout, name, text))
    .filter(({ file }) => file.chunk.errors.length === 0);
}

/**
 * The other snippets that can be read, with `kumo` defined for them on their first line. Their other
 * names may be defined by the text around them.
 */
export function documentedFragments(checkout: string): KumoMtaProgram[] {
  return snippets(checkout)
    .filter(({ text }) => !requiresKumo(text))
    .map(({ name, text }) => program(checkout, name, `local kumo = require 'kumo' ${text}`))
    .filter(({ file }) => file.chunk.errors.length === 0);
}

function requiresKumo(text: string): boolean {
  return /\bkumo\s*=\s*require\s*\(?\s*(['"])kumo\1/.test(text);
}

function program(checkout: string, name: string, text: string): KumoMtaProgram {
  const file = readSource('init.lua', text);
  const modules = new Map<string, SourceFile>();
  const add = (source: SourceFile): void => {
    for (const module of requiredBy(source)) {
      const target = `${module.replaceAll('.', '/')}.lua`;
      const found = [path.dirname(path.join(checkout, name)), path.join(checkout, MODULE_FOLDER)]
        .map((folder) => path.join(folder, target))
        .find((candidate) => fs.existsSync(candidate));
      if (found === undefined || modules.has(target)) continue;
      const required = readSource(target, fs.readFileSync(found, 'utf8'));
      modules.set(target, required);
      add(required);
    }
  };
  add(file);
  return { name, file, modules };
}

function requiredBy({ chunk }: SourceFile): string[] {
  const names: string[] = [];
  walk(chunk, (node) => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Name' || node.callee.name !== 'require')
      return true;
    const [name] = node.args;
    if (name?.kind === 'String') names.push(name.value);
    return true;
  });
  return names;
}

function snippets(checkout: string): Snippet[] {
  return filesBelow(checkout, 'docs', '.md').flatMap((page) => snippetsIn(checkout, page, 'lua'));
}

export interface Snippet {
  /** Page and line of its first line: `docs/a.md:12`. */
  readonly name: string;
  readonly text: string;
  /** The twelve lines before it. */
  readonly before: string;
}

/** What a file prints between fences of a language. */
export function snippetsIn(checkout: string, page: string, language: string): Snippet[] {
  const lines = fs.readFileSync(path.join(checkout, page), 'utf8').split('\n');
  const fence = new RegExp(`^(\\s*)\`\`\`\\s*${language}\\b`);
  const found: Snippet[] = [];
  for (let i = 0; i < lines.length; i++) {
    const indent = fence.exec(lines[i] ?? '')?.[1];
    if (indent === undefined) continue;
    const first = i + 1;
    const before = lines.slice(Math.max(0, i - 12), i).join('\n');
    const block: string[] = [];
    while (++i < lines.length && !/^\s*```\s*$/.test(lines[i] ?? '')) {
      const line = lines[i] ?? '';
      block.push(line.startsWith(indent) ? line.slice(indent.length) : line.trimStart());
    }
    found.push({ name: `${page}:${first + 1}`, text: `${block.join('\n')}\n`, before });
  }
  return found;
}

export function filesBelow(checkout: string, folder: string, ending: string): string[] {
  const top = path.join(checkout, folder);
  if (!fs.existsSync(top)) return [];
  return fs
    .readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .sort();
}
