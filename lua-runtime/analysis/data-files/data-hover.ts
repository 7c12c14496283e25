/** What a place of a data file means, in words. */
import type { Position } from '../analysis-contract.ts';
import { membersOf, resolveType, tablesOf } from '../catalogue/resolve-type.ts';
import { describeEntry, describeField } from '../language/describe-entry.ts';
import { LineMap } from '../line-map.ts';
import type { Hover, MarkupContent } from '../lsp-types.ts';
import { fieldAt, typeAt } from './data-types.ts';
import type { HelperFile } from './helper-file.ts';
import type { DataDocument } from './syntax/data-tree.ts';
import { valueAt } from './syntax/find-place.ts';

/** @param kumomta the release that the policy is for */
export function dataHover(
  helper: HelperFile,
  document: DataDocument,
  position: Position,
  kumomta: string | undefined,
): Hover | undefined {
  const lines = new LineMap(document.text);
  const offset = lines.offset(position);
  const place = document.keys.find(({ key }) => key.start <= offset && offset <= key.end);
  if (place !== undefined) {
    const { key, parent } = place;
    const field = fieldAt(helper, parent, key.text)?.field;
    const contents =
      field === undefined
        ? aboutName(helper, [...parent, key.text], key.text, kumomta)
        : describeField(field, kumomta);
    return contents && { contents, range: lines.range(key) };
  }
  const found = valueAt(document, offset);
  if (found?.value.kind !== 'string') return undefined;
  const { value, path } = found;
  const text = value.value;
  const type = typeAt(helper, path);
  const isListed =
    type !== undefined &&
    membersOf(resolveType(type)).some((each) => each.kind === 'literal' && each.value === text);
  const name = path.findLast((step) => typeof step === 'string');
  const at = name === undefined ? -1 : path.lastIndexOf(name);
  const field = name === undefined ? undefined : fieldAt(helper, path.slice(0, at), name)?.field;
  if (!isListed || field === undefined) return undefined;
  return { contents: describeField(field, kumomta), range: lines.range(value.content) };
}

/** A name that the author chose: what it names. */
function aboutName(
  helper: HelperFile,
  path: readonly (string | number)[],
  name: string,
  kumomta: string | undefined,
): MarkupContent | undefined {
  const type = typeAt(helper, path);
  const [table] = type === undefined ? [] : tablesOf(type);
  return table && describeEntry(`${name}: ${table.name}`, table, kumomta);
}
