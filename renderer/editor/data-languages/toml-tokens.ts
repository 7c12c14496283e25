/** The colours of TOML (https://toml.io/en/v1.1.0). */
import type { monaco } from '../monaco.ts';

export const tomlTokens: monaco.languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '.toml',
  tokenizer: {
    root: [
      [/\s*\[+/, { token: 'delimiter', next: '@header' }],
      { include: '@comment' },
      [/"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+/, 'identifier'],
      [/\./, 'delimiter'],
      [/=/, { token: 'delimiter', next: '@value' }],
    ],
    header: [
      [/"(?:[^"\\]|\\.)*"|'[^']*'/, 'string'],
      [/[\w-]+/, 'keyword'],
      [/\]+/, { token: 'delimiter', next: '@pop' }],
      [/[.\s]/, 'delimiter'],
      [/$/, { token: '', next: '@pop' }],
    ],
    value: [
      [/[ \t]+/, ''],
      [/$/, { token: '', next: '@pop' }],
      { include: '@comment' },
      { include: '@scalar' },
      [/[[{]/, { token: 'delimiter', next: '@nested' }],
    ],
    nested: [
      { include: '@comment' },
      [/[\]}]/, { token: 'delimiter', next: '@pop' }],
      [/[[{]/, { token: 'delimiter', next: '@nested' }],
      [/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)(?=\s*[=.])/, 'identifier'],
      { include: '@scalar' },
      [/[=,.]/, 'delimiter'],
    ],
    scalar: [
      [/"""/, { token: 'string', next: '@longText' }],
      [/'''/, { token: 'string', next: '@longLiteral' }],
      [/"/, { token: 'string', next: '@text' }],
      [/'[^']*'?/, 'string'],
      [/(?:true|false|inf|nan)\b/, 'keyword'],
      [/[+-]?\d[\w.:+-]*/, 'number'],
    ],
    text: [
      [/[^"\\]+/, 'string'],
      [/\\(?:u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|x[\dA-Fa-f]{2}|.)/, 'string.escape'],
      [/"|$/, { token: 'string', next: '@pop' }],
    ],
    longText: [
      [/[^"\\]+/, 'string'],
      [/\\(?:u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|x[\dA-Fa-f]{2}|.|$)/, 'string.escape'],
      [/"""/, { token: 'string', next: '@pop' }],
      [/"/, 'string'],
    ],
    longLiteral: [
      [/[^']+/, 'string'],
      [/'''/, { token: 'string', next: '@pop' }],
      [/'/, 'string'],
    ],
    comment: [
      [/\s+/, ''],
      [/#.*$/, 'comment'],
    ],
  },
};
