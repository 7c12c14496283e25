/** TOML and JSON for Monaco: their colours and brackets. What is in them is known to the language service. */
import * as monaco from 'monaco-editor/editor';

const pairs: monaco.languages.IAutoClosingPairConditional[] = [
  { open: '{', close: '}' },
  { open: '[', close: ']' },
  { open: '"', close: '"', notIn: ['string', 'comment'] },
];
const brackets: monaco.languages.CharacterPair[] = [
  ['{', '}'],
  ['[', ']'],
];

monaco.languages.register({ id: 'toml', extensions: ['.toml'] });
monaco.languages.setLanguageConfiguration('toml', {
  comments: { lineComment: '#' },
  brackets,
  autoClosingPairs: [...pairs, { open: "'", close: "'", notIn: ['string', 'comment'] }],
  // A name in a header or field may have dashes.
  wordPattern: /[A-Za-z0-9_-]+/,
});
monaco.languages.registerTokensProviderFactory('toml', {
  create: async () => (await import('./toml-tokens.ts')).tomlTokens,
});

monaco.languages.register({ id: 'json', extensions: ['.json'] });
monaco.languages.setLanguageConfiguration('json', {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets,
  autoClosingPairs: pairs,
});
monaco.languages.registerTokensProviderFactory('json', {
  create: async () => (await import('./json-tokens.ts')).jsonTokens,
});
