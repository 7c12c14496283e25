/** Reads what a page of KumoMTA's documentation says about versions and names. */

export interface DocPage {
  /** The marker at the head, about everything on the page: `2024.09.02`, `dev`. */
  readonly since?: string;
  readonly deprecated: boolean;
  /** Headings below the first, with the marker that follows at once. */
  readonly sections: readonly { readonly heading: string; readonly since?: string }[];
  /** List items that begin with a name in code, with a marker in their first lines. */
  readonly items: readonly { readonly name: string; readonly since?: string }[];
  /** Without front matter. */
  readonly text: string;
}

const MARKER = /\{\{\s*since\('([^']+?)(?:-[0-9a-f]{8})?'/;
const MARKER_LINE = /^\{\{\s*since\('([^']+?)(?:-[0-9a-f]{8})?'(?:,[^)]*)?\)\s*\}\}\.?$/;

export function readPage(source: string): DocPage {
  const front = /^---\n([\s\S]*?)\n---\n/.exec(source);
  const text = front === null ? source : source.slice(front[0].length);
  const lines = text.replace(/^[ \t]*```[\s\S]*?^[ \t]*```[ \t]*$/gm, '').split('\n');
  const since = headMarker(lines);
  return {
    ...(since === undefined ? {} : { since }),
    deprecated: /^status: deprecated$/m.test(front?.[1] ?? ''),
    sections: sectionsOf(lines),
    items: itemsOf(lines),
    text,
  };
}

/** The marker that stands before the first sentence: notes and headings may come before it. */
function headMarker(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    if (line.trim() === '' || /^(?:#|!!!| {4})/.test(line)) continue;
    return MARKER_LINE.exec(line.trim())?.[1];
  }
  return undefined;
}

function sectionsOf(lines: readonly string[]): DocPage['sections'] {
  return lines.flatMap((line, at) => {
    const heading = /^#{2,}\s+(.*)$/.exec(line)?.[1];
    if (heading === undefined) return [];
    const next = lines.slice(at + 1).find((following) => following.trim() !== '');
    const since = MARKER_LINE.exec(next?.trim() ?? '')?.[1];
    return [{ heading, ...(since === undefined ? {} : { since }) }];
  });
}

function itemsOf(lines: readonly string[]): DocPage['items'] {
  return lines.flatMap((line, at) => {
    const name = /^\s*[*-] `([A-Za-z_]\w*)`/.exec(line)?.[1];
    if (name === undefined) return [];
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((following) => /^\s*(?:[*-] |#|$)/.test(following));
    const item = [line, ...rest.slice(0, end < 0 ? rest.length : end)].join(' ');
    const since = MARKER.exec(item)?.[1];
    return [{ name, ...(since === undefined ? {} : { since }) }];
  });
}
