import { expect, it } from 'vitest';
import { jsonPlaces, pathText } from '../../../../electron/host/scenarios/json-places.ts';

const text = '{ "a" : [ 1, {"b\\"c": "x, ]"}, -2.5e3 ] ,\n"d":{},"e":[ ] }';

it('tells where values and keys stand and end', () => {
  const places = jsonPlaces(text);
  const at = (path: readonly (string | number)[]) =>
    text.slice(places.offsetOf(path), places.endOf(path));
  expect(at([])).toBe(text);
  expect(at(['a', 0])).toBe('1');
  expect(at(['a', 1, 'b"c'])).toBe('"x, ]"');
  expect(at(['a', 2])).toBe('-2.5e3');
  expect(at(['d'])).toBe('{}');
  expect(at(['e'])).toBe('[ ]');
  expect(places.offsetOfKey(['d'])).toBe(text.indexOf('"d"'));
  expect(places.offsetOfKey(['x'])).toBeUndefined();
  expect(places.endOf(['x'])).toBeUndefined();
});

it('answers for what is not there with the value around it', () => {
  const places = jsonPlaces(text);
  expect(places.offsetOf(['a', 1, 'z', 'y'])).toBe(places.offsetOf(['a', 1]));
});

it('finds keys that come twice', () => {
  const { repeated } = jsonPlaces('{"a": {"b": 1, "c": 2, "b": 3}}');
  expect(repeated).toEqual([{ path: ['a', 'b'], offset: 23 }]);
});

it('writes paths as people do', () => {
  expect(pathText(['scenarios', 2, 'expect', 'record'])).toBe('scenarios[2].expect.record');
});
