import { describe, expect, it } from 'vitest';
import { BridgeError } from '../../../electron/bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../../electron/bridge/contract.ts';
import { createDispatch } from '../../../electron/bridge/dispatch.ts';

const bugs: string[] = [];
const handlers = {
  'workspace.open': ({ path }: { path: string }) => Promise.resolve({ opened: path }),
  'workspace.read': () => Promise.reject(new BridgeError('not-found', 'There is no such file.')),
  'workspace.recent': () => Promise.reject(new TypeError('x is undefined')),
} as unknown as BridgeHandlers;
const dispatch = createDispatch(handlers, (name) => bugs.push(name));

describe('dispatch', () => {
  it('hands a valid input to the handler', async () => {
    expect(await dispatch('workspace.open', { path: '/tmp' })).toEqual({
      ok: true,
      output: { opened: '/tmp' },
    });
  });

  it('refuses an input that the contract does not allow and names the field', async () => {
    const result = await dispatch('workspace.open', { path: '' });
    expect(result).toMatchObject({ ok: false, failure: { code: 'invalid-input' } });
    expect(JSON.stringify(result)).toContain('at path');
  });

  it.each(['no.such', 'constructor', '__proto__'])('refuses the unknown call %s', async (name) => {
    expect(await dispatch(name, {})).toMatchObject({
      ok: false,
      failure: { code: 'invalid-input' },
    });
  });

  it('keeps the code and sentence of an expected failure', async () => {
    expect(await dispatch('workspace.read', { path: 'a' })).toEqual({
      ok: false,
      failure: { code: 'not-found', message: 'There is no such file.' },
    });
  });

  it('reports anything else as a bug of ours', async () => {
    expect(await dispatch('workspace.recent', {})).toMatchObject({
      ok: false,
      failure: { code: 'bug' },
    });
    expect(bugs).toEqual(['workspace.recent']);
  });
});
