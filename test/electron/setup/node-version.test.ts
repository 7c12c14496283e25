import { expect, test } from 'vitest';
import { checkNodeVersion } from '../../../electron/setup/node-version.mjs';

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s will do', (version) => {
  expect(() => {
    checkNodeVersion(version);
  }).not.toThrow();
});

test.each(['18.20.4', '20.18.9', '8.0.0'])('%s is told what to do', (version) => {
  expect(() => {
    checkNodeVersion(version);
  }).toThrow(`This is Node.js ${version}; the workbench needs 20.19 or newer`);
});
