/** The peer of the start-up figure: the same Monaco with Lua and a text, and nothing around it. */
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/languages/definitions/lua/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import policy from '../../../lua-runtime/samples/amqp-routing/init.lua?raw';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
const container = document.getElementById('editor');
if (!container) throw new Error('The page has no #editor.');
const editor = monaco.editor.create(container, { value: policy, language: 'lua' });
editor.focus();
requestAnimationFrame(() => performance.mark('workbench-editor-usable'));
