/** What each name of a file is, which only the whole program tells: parameter, function of KumoMTA, event. */
import { LineMap } from '../line-map.ts';
import {
  SEMANTIC_TOKEN_MODIFIERS,
  SEMANTIC_TOKEN_TYPES,
  type SemanticTokens,
} from '../lsp-types.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { walk } from '../syntax/walk.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import type { Values } from '../values/value.ts';

type TokenType = (typeof SEMANTIC_TOKEN_TYPES)[number];
type Modifier = (typeof SEMANTIC_TOKEN_MODIFIERS)[number];

interface NamedToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly Modifier[];
}

/** "Semantic Tokens: Integer Encoding for Tokens": five numbers a token, places relative to the one before. */
export function semanticTokensOf(evaluator: ProgramEvaluator, file: SourceFile): SemanticTokens {
  const lines = new LineMap(file.text);
  const tokens = tokensOf(evaluator, file).sort((a, b) => a.span.start - b.span.start);
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  for (const { span, type, modifiers } of tokens) {
    const at = lines.position(span.start);
    const sameLine = at.line === last.line;
    const bits = modifiers.reduce(
      (sum, each) => sum | (1 << SEMANTIC_TOKEN_MODIFIERS.indexOf(each)),
      0,
    );
    data.push(
      at.line - last.line,
      sameLine ? at.character - last.character : at.character,
      span.end - span.start,
      SEMANTIC_TOKEN_TYPES.indexOf(type),
      bits,
    );
    last = at;
  }
  return { data };
}

function tokensOf(evaluator: ProgramEvaluator, file: SourceFile): NamedToken[] {
  const found: NamedToken[] = [];
  const add = (span: Span, type: TokenType, modifiers: readonly Modifier[] = []): void => {
    if (span.end > span.start) found.push({ span, type, modifiers });
  };
  for (const { declaration, kind } of file.bindings.locals) {
    if (declaration !== undefined && kind === 'parameter') {
      add(declaration, 'parameter', ['declaration']);
    }
  }
  for (const { file: where, call, entry } of evaluator.roles.registrations) {
    const [name] = call.args;
    if (where === file && name?.kind === 'String') {
      add(name.content, 'event', entry === undefined ? [] : ['defaultLibrary']);
    }
  }
  walk(file.chunk, (node) => {
    switch (node.kind) {
      case 'Name': {
        const binding = file.bindings.bindingOf(node);
        if (binding?.kind === 'parameter') add(node, 'parameter');
        else addValue(node, evaluator.valuesOf(file, node), add);
        break;
      }
      case 'LocalFunction':
        add(node.name, 'function', ['declaration']);
        break;
      case 'Member':
        addValue(node.nameSpan, evaluator.valuesOf(file, node), add);
        break;
      case 'MethodCall':
        addMethod(node.nameSpan, evaluator.calleesOf(file, node), add);
        break;
      default:
    }
    return true;
  });
  return found;
}

type Add = (span: Span, type: TokenType, modifiers?: readonly Modifier[]) => void;

/** Only what all the values are is told. */
function addValue(span: Span, values: Values, add: Add): void {
  const [first, ...others] = values;
  if (first === undefined || others.some(({ kind }) => kind !== first.kind)) return;
  switch (first.kind) {
    case 'module':
      add(span, 'namespace', ['defaultLibrary']);
      break;
    case 'api-function':
      add(span, 'function', modifiersOf(first.entry.deprecated !== undefined));
      break;
    case 'library':
      add(span, 'function', ['defaultLibrary']);
      break;
    case 'function':
      add(span, 'function');
      break;
    default:
  }
}

function addMethod(span: Span, callees: Values, add: Add): void {
  const [first] = callees;
  if (first?.kind === 'api-function') {
    add(span, 'method', modifiersOf(first.entry.deprecated !== undefined));
  } else add(span, 'method', first?.kind === 'library' ? ['defaultLibrary'] : []);
}

function modifiersOf(isDeprecated: boolean): readonly Modifier[] {
  return isDeprecated ? ['defaultLibrary', 'deprecated'] : ['defaultLibrary'];
}
