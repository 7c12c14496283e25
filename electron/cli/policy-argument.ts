/** POLICY on the command line: a file, or a folder that holds init.lua. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { realpathSync, statSync } from 'node:fs';
import { UsageError } from './cli-error.ts';

export interface PolicyArgument {
  /** The real path of the policy's folder, from which `require` reads. */
  readonly root: string;
  readonly file: string;
}

export function policyArgument(path: string): PolicyArgument {
  const absolute = resolve(path);
  if (!existsSync(absolute)) {
    throw new UsageError(`${path} does not exist; give a .lua file or a folder with init.lua.`);
  }
  const real = realpathSync(absolute);
  if (statSync(real).isDirectory()) {
    if (!existsSync(join(real, 'init.lua'))) {
      throw new UsageError(`${path} holds no init.lua; name the policy file itself.`);
    }
    return { root: real, file: 'init.lua' };
  }
  return { root: dirname(real), file: basename(real) };
}
