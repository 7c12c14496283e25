import fs from 'node:fs';
import path from 'node:path';
import { removeStamp, sourceDigest, writeStamp } from './build-stamp.mjs';
import { inProject, say } from './project.mjs';

/**
 * What runs in Node or Electron: one self-contained file each, so that a packaged application holds
 * nothing but dist/ and package.json.
 */
const nodeEntries = [
  { from: 'electron/main.ts', to: 'dist/main/main.js', format: 'esm' },
  { from: 'electron/cli/cli.ts', to: 'dist/cli/cli.js', format: 'esm' },
  {
    from: 'electron/host/worker/policy-worker.ts',
    to: 'dist/host/policy-worker.js',
    format: 'esm',
  },
  {
    from: 'electron/host/debug/reading-worker.ts',
    to: 'dist/host/reading-worker.js',
    format: 'esm',
  },
  {
    from: 'electron/host/language/language-worker.ts',
    to: 'dist/host/language-worker.js',
    format: 'esm',
  },
  { from: 'electron/preload.ts', to: 'dist/preload/preload.cjs', format: 'cjs' },
  {
    from: 'electron/browser-shell/page/page.ts',
    to: 'dist/browser-shell/bridge.js',
    format: 'iife',
  },
];

/** Files that are read at run time, beside the code that reads them. */
const assets = [
  { from: 'node_modules/wasmoon/dist/glue.wasm', to: 'dist/host/glue.wasm' },
  { from: 'lua-runtime/samples', to: 'dist/samples' },
];

// CommonJS packages (amqplib, ws, fengari) call require for Node's own modules; an ES module has none.
const requireForCommonJs =
  "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);";

/**
 * For a file that runs in Node: self-contained, with what CommonJS packages need.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const nodeBundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  banner: { js: requireForCommonJs },
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'eof',
  logLevel: 'warning',
  external: ['electron'],
};

const pageBundleOptions = {
  ...nodeBundleOptions,
  platform: 'browser',
  target: 'chrome120',
  banner: {},
};

async function buildNode() {
  const { build, stop } = await import('esbuild');
  await Promise.all(
    nodeEntries.map(({ from, to, format }) =>
      build({
        ...(format === 'esm' ? nodeBundleOptions : pageBundleOptions),
        absWorkingDir: inProject(),
        entryPoints: [from],
        outfile: to,
        format,
      }),
    ),
  );
  // Its service would live as long as the workbench that is started next.
  await stop();
  for (const { from, to } of assets) {
    fs.mkdirSync(path.dirname(inProject(to)), { recursive: true });
    // A sample that was removed must not stay behind.
    if (fs.statSync(inProject(from)).isDirectory())
      fs.rmSync(inProject(to), { recursive: true, force: true });
    fs.cpSync(inProject(from), inProject(to), { recursive: true });
  }
}

async function buildRenderer() {
  const { build } = await import('vite');
  await build({ configFile: inProject('renderer/vite.config.ts'), logLevel: 'warn' });
}

const builders = { node: buildNode, renderer: buildRenderer };

/**
 * Builds halves of the application into dist/.
 *
 * @param {import('./build-stamp.mjs').Half[]} halves
 */
export async function build(halves) {
  for (const half of halves) {
    say(half === 'node' ? 'Building the host …' : 'Building the window …');
    const digest = sourceDigest(half);
    removeStamp(half);
    await builders[half]();
    writeStamp(half, digest);
  }
}
