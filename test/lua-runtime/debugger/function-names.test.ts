import { describe, expect, it } from 'vitest';
import { FunctionNames } from '../../../lua-runtime/debugger/function-names.ts';

const SOURCE = `local function helper()
end
function routes.find(name)
end
function sender:send(message)
end
local M = {
  close = function()
  end,
  nested = { deep = function()
  end },
}
M.later = function()
end
kumo.on('get_queue_config', function(domain)
  return function()
  end
end)
local a, b = function()
end, function()
end
return { exported = function()
end }
local x, y = function() end, function() end
`;

describe('the name of a function', () => {
  const names = new FunctionNames((path) =>
    path === 'init.lua' ? new TextEncoder().encode(SOURCE) : undefined,
  );
  const nameOf = (lineDefined: number, lastLineDefined: number, source = '@init.lua') =>
    names.nameOf({ source, lineDefined, lastLineDefined });

  it.each([
    [1, 2, 'helper'],
    [3, 4, 'routes.find'],
    [5, 6, 'sender:send'],
    [8, 9, 'M.close'],
    [10, 11, 'M.nested.deep'],
    [13, 14, 'M.later'],
    [15, 18, 'get_queue_config'],
    [16, 17, undefined],
    [19, 20, 'a'],
    [20, 21, 'b'],
    [22, 23, 'exported'],
    [24, 24, undefined],
  ])('at lines %d to %d is %s', (first, last, expected) => {
    expect(nameOf(first, last)).toBe(expected);
  });

  it('is unknown where the source is', () => {
    expect(nameOf(1, 2, '@other.lua')).toBeUndefined();
    expect(nameOf(1, 2, '=(load)')).toBeUndefined();
  });

  it('counts lines as Lua does', () => {
    const mixed = new FunctionNames(() =>
      new TextEncoder().encode('-- one\r\n-- two\n-- three\rlocal function f()\r\nend'),
    );
    expect(mixed.nameOf({ source: '@x', lineDefined: 4, lastLineDefined: 5 })).toBe('f');
  });
});
