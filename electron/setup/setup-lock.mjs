import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inProject } from './project.mjs';

const lockFile = inProject('.cache/setup.lock');

function ownerIsGone() {
  const owner = Number(fs.readFileSync(lockFile, 'utf8'));
  // Another process has just made the file and not written its number yet.
  if (!owner) return Date.now() - fs.statSync(lockFile).mtimeMs > 5_000;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function tryLock() {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true });
  try {
    fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    if (ownerIsGone()) fs.rmSync(lockFile, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

/**
 * Runs `work` while no other process of this checkout installs or builds.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  while (!tryLock()) await delay(100);
  try {
    return await work();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}
