import { describe, expect, test } from 'vitest';
import {
  SourcePaths,
  pathOfUri,
  uriOfPath,
} from '../../../../lua-runtime/debugger/dap/source-paths.ts';

function paths(root: string, pathFormat: 'path' | 'uri' = 'path', links: [string, string][] = []) {
  const realPath = (path: string): string => {
    const link = links.find(([from]) => path.startsWith(from));
    return link ? link[1] + path.slice(link[0].length) : path;
  };
  return new SourcePaths({ root, client: { pathFormat }, realPath });
}

describe('a path of the client', () => {
  test.each([
    ['/policies', '/policies/init.lua', 'init.lua'],
    ['/policies/', '/policies/lib/a.lua', 'lib/a.lua'],
    ['C:\\policies', 'C:\\policies\\lib\\a.lua', 'lib/a.lua'],
    ['C:\\Policies', 'c:\\policies\\init.lua', 'init.lua'],
    ['\\\\server\\share', '\\\\server\\share\\a.lua', 'a.lua'],
  ])('in %s: %s is %s', (root, path, file) => {
    expect(paths(root).fileOf(path)).toBe(file);
  });

  test.each([
    ['/policies', '/policies-of-others/init.lua'],
    ['/policies', '/policies'],
    ['/policies', '/other/init.lua'],
    ['/Policies', '/policies/init.lua'],
  ])('in %s: %s is none of the run', (root, path) => {
    expect(paths(root).fileOf(path)).toBeUndefined();
  });

  test('may lead through a link, and is given back as it was written', () => {
    const linked = paths('/real/policies', 'path', [['/link', '/real/policies']]);
    expect(linked.clientPath('init.lua')).toBe('/real/policies/init.lua');
    expect(linked.fileOf('/link/init.lua')).toBe('init.lua');
    expect(linked.clientPath('init.lua')).toBe('/link/init.lua');
    expect(linked.absolute('init.lua')).toBe('/real/policies/init.lua');
  });

  test('may be a URI', () => {
    const uris = paths('/a b', 'uri');
    expect(uris.fileOf('file:///a%20b/init.lua')).toBe('init.lua');
    expect(uris.clientPath('lib/ü.lua')).toBe('file:///a%20b/lib/%C3%BC.lua');
  });
});

test.each(['/a b/ü#?.lua', 'C:\\a b\\c.lua'])('%s survives being a URI', (path) => {
  expect(pathOfUri(uriOfPath(path))).toBe(path);
});

test('a drive is written as editors do', () => {
  expect(uriOfPath('C:\\a\\b.lua')).toBe('file:///C:/a/b.lua');
});

test('what is no URI is a path', () => {
  expect(pathOfUri('/a%20b')).toBe('/a%20b');
  expect(pathOfUri('file:///bad%zz')).toBe('/bad%zz');
});
