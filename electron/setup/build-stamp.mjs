import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inProject, root } from './project.mjs';

/** The two halves of a build, and the sources that each depends on. */
export const halves = {
  node: ['electron', 'lua-runtime', 'package-lock.json', 'tsconfig.json'],
  renderer: ['renderer', 'package-lock.json', 'tsconfig.json', 'electron/setup/bundles.mjs'],
};

/** @typedef {keyof typeof halves} Half */

const stampFile = (half) => inProject('dist', `.${half}-stamp`);

function* filesBelow(place) {
  const entry = fs.statSync(place, { throwIfNoEntry: false });
  if (entry === undefined) return;
  if (entry.isFile()) {
    yield `${path.relative(root, place)} ${entry.size} ${entry.mtimeMs}`;
    return;
  }
  for (const name of fs.readdirSync(place).sort()) yield* filesBelow(path.join(place, name));
}

/** A digest of names, sizes and times of a half's sources: as quick as a command line needs. */
export function sourceDigest(half) {
  const hash = createHash('sha256');
  for (const source of halves[half]) {
    for (const line of filesBelow(inProject(source))) hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

/** Whether a half's sources changed since `writeStamp`, or were never built. */
export function isBuildStale(half) {
  try {
    return fs.readFileSync(stampFile(half), 'utf8') !== sourceDigest(half);
  } catch {
    return true;
  }
}

/** @param {Half} half @param {string} digest taken before the build read the sources */
export function writeStamp(half, digest) {
  fs.mkdirSync(inProject('dist'), { recursive: true });
  fs.writeFileSync(stampFile(half), digest);
}

export function removeStamp(half) {
  fs.rmSync(stampFile(half), { force: true });
}
