/**
 * The JSON functions of `kumo.serde`, which are on `kumo` itself too
 * (KumoMTA crates/mod-serde/src/lib.rs 10-100).
 */
import { decodeUtf8 } from '../vm/platform.ts';
import { materialize } from './from-lua-value.ts';
import type { Installation } from './installation.ts';
import {
  encodeLuaTree,
  luaTreeToJson,
  pushJsonTree,
  stringifyJsonPretty,
  type JsonTree,
} from './json-tree.ts';
import { parseJson } from './json-parser.ts';
import { KumoError } from './kumo-error.ts';
import { readLuaTree } from './lua-tree.ts';

/** Adds the functions to the table at the top of the main stack. */
export function defineSerde(installation: Installation): void {
  const { vm, host } = installation;
  installation.define('json_encode', (L) => {
    vm.pushText(L, encodeLuaTree(materialize(readLuaTree(vm, L, 1))));
    return 1;
  });
  installation.define('json_encode_pretty', (L) => {
    const value = luaTreeToJson(materialize(readLuaTree(vm, L, 1)));
    vm.pushText(L, stringifyJsonPretty(value));
    return 1;
  });
  installation.define('json_parse', (L, args) => {
    const text = args.string(1);
    pushJsonTree(vm, L, parsed(text, `parsing ${text} as json`));
    return 1;
  });
  installation.define('json_load', (L, args) => {
    const path = args.string(1);
    const bytes = host.readFile(path.replace(/^\.\//, ''));
    if (bytes === undefined) {
      throw new KumoError(`reading file ${path}: No such file or directory (os error 2)`);
    }
    pushJsonTree(vm, L, parsed(decodeUtf8(bytes), `parsing ${path} as json`));
    return 1;
  });
}

function parsed(text: string, context: string): JsonTree {
  try {
    return parseJson(text);
  } catch (error) {
    throw new KumoError(`${context}: ${(error as Error).message}`);
  }
}
