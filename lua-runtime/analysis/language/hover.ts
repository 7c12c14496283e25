/** What a place of a policy means, in words. */
import type { Position } from '../analysis-contract.ts';
import { findEvent, findRequired } from '../catalogue/catalogue.ts';
import { membersOf, tablesOf } from '../catalogue/resolve-type.ts';
import { LineMap } from '../line-map.ts';
import type { Hover, MarkupContent } from '../lsp-types.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { pathTo, type Node } from '../syntax/walk.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import type { Value, Values } from '../values/value.ts';
import { describeEntry, describeEvent, describeField, describeFunction } from './describe-entry.ts';
import { expectedType } from './expected-type.ts';
import { findField } from '../catalogue/catalogue.ts';
import { symbolAt } from './symbol.ts';

interface Meaning {
  readonly span: Span;
  readonly contents: MarkupContent;
}

export function hoverAt(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  position: Position,
  kumomta: string | undefined,
): Hover | undefined {
  const lines = new LineMap(file.text);
  const found = meaningAt(evaluator, file, lines.offset(position), kumomta);
  return found && { contents: found.contents, range: lines.range(found.span) };
}

function meaningAt(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  offset: number,
  kumomta: string | undefined,
): Meaning | undefined {
  const declared = file.bindings.locals.find(
    ({ declaration }) =>
      declaration !== undefined && declaration.start <= offset && offset <= declaration.end,
  );
  if (declared?.declaration !== undefined) {
    const values = evaluator.valuesOfBinding(file, declared);
    return valueMeaning(declared.name, values, declared.declaration, kumomta);
  }
  const path = pathTo(file.chunk, offset);
  for (const node of path.toReversed()) {
    switch (node.kind) {
      case 'Name':
        return valueMeaning(node.name, evaluator.valuesOf(file, node), node, kumomta);
      case 'String':
        return stringMeaning(evaluator, file, node, path, kumomta);
      case 'Member':
      case 'MethodCall': {
        const { nameSpan, name, object } = node;
        if (offset < nameSpan.start || offset > nameSpan.end) break;
        for (const value of evaluator.valuesOf(file, object)) {
          const field = fieldOf(value, name);
          if (field !== undefined)
            return { span: nameSpan, contents: describeField(field, kumomta) };
        }
        const values = evaluator
          .valuesOf(file, object)
          .flatMap((value) => evaluator.memberOf(value, name, node.kind === 'MethodCall'));
        return valueMeaning(name, values, nameSpan, kumomta);
      }
      case 'NamedField': {
        if (offset < node.nameSpan.start || offset > node.nameSpan.end) break;
        const table = path[path.indexOf(node) - 1];
        const expected = table?.kind === 'Table' ? expectedType(evaluator, file, table) : undefined;
        const field =
          expected &&
          tablesOf(expected)
            .flatMap(({ fields }) => fields)
            .find(({ name }) => name === node.name);
        if (field !== undefined) {
          return { span: node.nameSpan, contents: describeField(field, kumomta) };
        }
        return valueMeaning(
          node.name,
          evaluator.valuesOf(file, node.value),
          node.nameSpan,
          kumomta,
        );
      }
      default:
    }
  }
  return undefined;
}

function fieldOf(value: Value, name: string) {
  if (value.kind === 'module') return value.module.fields.find((field) => field.name === name);
  if (value.kind !== 'object') return undefined;
  const own = value.object.fields.find((field) => field.name === name);
  if (own !== undefined || value.object.readsAs === undefined) return own;
  return findField(value.object.readsAs, name);
}

function stringMeaning(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  node: Extract<Node, { kind: 'String' }>,
  path: readonly Node[],
  kumomta: string | undefined,
): Meaning | undefined {
  const parent = path[path.indexOf(node) - 1];
  const span = node.content;
  if (parent?.kind === 'Call' && parent.args[0] === node) {
    const [callee] = evaluator.calleesOf(file, parent);
    if (callee?.kind === 'api-function' && callee.fullName === 'kumo.on') {
      const event = findEvent(node.value);
      if (event !== undefined) return { span, contents: describeEvent(event, kumomta) };
    }
    if (callee?.kind === 'library' && callee.name === 'require') {
      const module = findRequired(node.value);
      if (module !== undefined) {
        return { span, contents: describeEntry(module.name, module, kumomta) };
      }
    }
  }
  const symbol = symbolAt(evaluator, file, node.content.start)?.symbol;
  if (symbol?.kind === 'module') return { span, contents: text(`Module \`${symbol.file.path}\``) };
  if (symbol?.kind === 'event') {
    const handlers = evaluator.roles.registrations.filter(({ event }) => event === symbol.name);
    const where = handlers.map(({ file: each, call }) => {
      const { line } = new LineMap(each.text).position(call.start);
      return `\`${each.path}:${line + 1}\``;
    });
    return {
      span,
      contents: text(
        where.length === 0
          ? `No handler is registered for \`${symbol.name}\`.`
          : `\`${symbol.name}\` has its handler at ${where.join(', ')}.`,
      ),
    };
  }
  const type = expectedType(evaluator, file, node);
  const isListed =
    type !== undefined &&
    membersOf(type).some((m) => m.kind === 'literal' && m.value === node.value);
  if (!isListed || parent?.kind !== 'NamedField') return undefined;
  const table = path[path.indexOf(node) - 2];
  const expected = table?.kind === 'Table' ? expectedType(evaluator, file, table) : undefined;
  const field =
    expected &&
    tablesOf(expected)
      .flatMap(({ fields }) => fields)
      .find(({ name }) => name === parent.name);
  return field && { span, contents: describeField(field, kumomta) };
}

function valueMeaning(
  name: string,
  values: Values,
  span: Span,
  kumomta: string | undefined,
): Meaning | undefined {
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    if (only.kind === 'api-function') {
      return { span, contents: describeFunction(only.fullName, only.entry, kumomta) };
    }
    if (only.kind === 'module') {
      const { module } = only;
      return { span, contents: describeEntry(`${name}: ${module.name}`, module, kumomta) };
    }
    if (only.kind === 'object') {
      const { object } = only;
      return { span, contents: describeEntry(`${name}: ${object.name}`, object, kumomta) };
    }
  }
  if (values.length === 0 || values.some(({ kind }) => kind === 'unknown')) return undefined;
  const types = [...new Set(values.map(typeOf))].join(' | ');
  return { span, contents: { kind: 'markdown', value: `\`\`\`lua\n${name}: ${types}\n\`\`\`` } };
}

function typeOf(value: Value): string {
  switch (value.kind) {
    case 'string':
      return value.value === undefined ? 'string' : `'${value.value.slice(0, 60)}'`;
    case 'number':
    case 'boolean':
      return value.value === undefined ? value.kind : String(value.value);
    case 'function': {
      const names = value.fn.parameters.map(({ name }) => name);
      return `function(${[...names, ...(value.fn.isVararg ? ['...'] : [])].join(', ')})`;
    }
    case 'api-function':
      return value.fullName;
    case 'object':
      return value.object.name;
    case 'module':
      return value.module.name;
    case 'library':
      return value.name;
    case 'array':
      return `${value.elements.map(typeOf).join(' | ')}[]`;
    default:
      return value.kind;
  }
}

function text(value: string): MarkupContent {
  return { kind: 'markdown', value };
}
