import { expect, it } from 'vitest';
import { absolutePath, workspaceFile } from '../../../renderer/debug/session/source-path.ts';

it.each([
  ['/home/a/policy', 'lib/routes.lua', '/home/a/policy/lib/routes.lua'],
  ['/home/a/policy/', 'init.lua', '/home/a/policy/init.lua'],
  ['C:\\Users\\a\\policy', 'lib/routes.lua', 'C:\\Users\\a\\policy\\lib\\routes.lua'],
])('in %s the file %s is %s, and back', (root, file, path) => {
  expect(absolutePath(root, file)).toBe(path);
  expect(workspaceFile(root, path)).toBe(file);
});

it('knows what lies elsewhere', () => {
  expect(workspaceFile('/home/a/policy', '/home/a/policy2/init.lua')).toBeUndefined();
  expect(workspaceFile('C:\\a', 'D:\\a\\init.lua')).toBeUndefined();
});

it('does not mind how Windows writes the drive', () => {
  expect(workspaceFile('C:\\a', 'c:\\a\\init.lua')).toBe('init.lua');
});
