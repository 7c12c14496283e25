/** The layers of the project. Each rule's name and comment say what to do instead. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular-imports',
      comment: 'Two files that need each other are one subject, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'lua-runtime-knows-nobody',
      comment: 'lua-runtime imports itself, wasmoon and fengari: what it needs more is handed in.',
      severity: 'error',
      from: { path: '^lua-runtime/' },
      to: {
        pathNot: [
          '^lua-runtime/',
          '(^|/)node_modules/(wasmoon|fengari)/',
          '(^|/)node_modules/@vscode/debugprotocol/',
        ],
      },
    },
    {
      name: 'lua-runtime-takes-only-types-of-dap',
      comment:
        'The package is the published protocol as types and holds no code: use `import type`.',
      severity: 'error',
      from: { path: '^lua-runtime/' },
      to: {
        path: '(^|/)node_modules/@vscode/debugprotocol/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-the-electron-shell-imports-electron',
      comment: 'Everything else must run where Electron is missing.',
      severity: 'error',
      from: {
        path: '^(electron|renderer|lua-runtime)/',
        pathNot: '^electron/(main\\.ts|preload\\.ts|desktop/)',
      },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'host-knows-no-shell',
      comment: 'What a shell can do is handed to the host.',
      severity: 'error',
      from: { path: '^electron/host/' },
      to: {
        path: '^electron/(main\\.ts|preload\\.ts|desktop/|browser-shell/|cli/|renderer-files/)',
      },
    },
    {
      name: 'amqp-knows-neither-host-nor-shell',
      comment: 'The AMQP client and broker serve whoever calls them.',
      severity: 'error',
      from: { path: '^electron/amqp/' },
      to: { path: '^electron/', pathNot: '^electron/amqp/' },
    },
    {
      name: 'bridge-knows-neither-host-nor-shell',
      comment: 'The contract is below both of its ends.',
      severity: 'error',
      from: { path: '^electron/bridge/' },
      to: { path: '^electron/', pathNot: '^electron/bridge/' },
    },
    {
      name: 'electron-does-not-import-the-renderer',
      comment: 'The page is built apart and talks over the bridge.',
      severity: 'error',
      from: { path: '^(electron|lua-runtime)/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(electron|lua-runtime|renderer)/' },
      to: { path: '^test/' },
    },
    {
      name: 'renderer-stays-in-the-page',
      comment: 'The page has npm packages, its own files and the types of the bridge; no Node.js.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/vite\\.config\\.ts$' },
      to: { pathNot: ['^renderer/', '(^|/)node_modules/', '^electron/bridge/'] },
    },
    {
      name: 'renderer-takes-only-types-of-the-bridge',
      comment: 'Use `import type`: the schemas and what they need run in the host.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^electron/bridge/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-package',
      comment: 'What runs in the product is listed in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?(worker|raw|url)$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    // Types count too: a layer that needs another's types knows it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
