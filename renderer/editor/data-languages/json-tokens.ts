/** The colours of JSON with comments. */
import type { monaco } from '../monaco.ts';

export const jsonTokens: monaco.languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '.json',
  tokenizer: {
    root: [
      [/\s+/, ''],
      [/(?:\/\/|#).*$/, 'comment'],
      [/\/\*/, { token: 'comment', next: '@comment' }],
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'identifier'],
      [/"/, { token: 'string', next: '@text' }],
      [/-?\d[\d.eE+-]*/, 'number'],
      [/(?:true|false|null)\b/, 'keyword'],
      [/[{}[\],:]/, 'delimiter'],
    ],
    text: [
      [/[^"\\]+/, 'string'],
      [/\\(?:u[\dA-Fa-f]{4}|.)/, 'string.escape'],
      [/"|$/, { token: 'string', next: '@pop' }],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, { token: 'comment', next: '@pop' }],
      [/\*/, 'comment'],
    ],
  },
};
