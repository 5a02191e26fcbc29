import { describe, expect, test } from 'vitest';
import { saysTheSame, withoutGoValues } from './go-values';

describe('Go literals in recorded messages', () => {
  test.each([
    ['map[string]string(nil): why', '<value>: why'],
    ['a map[string]string{"a":"}"}: b', 'a <value>: b'],
    ['[]string{"x"}, v1.Thing{A:core.Other{B:1}, C:(*int)(nil)} end', '<value>, <value> end'],
    ['[]v1.Owner{v1.Owner{A:""}}: x', '<value>: x'],
    ['nothing of the kind (here)', 'nothing of the kind (here)'],
  ])('%s', (text, expected) => {
    expect(withoutGoValues(text)).toBe(expected);
  });

  test.each([
    ['a {"x":1}: b', 'a <value>: b', true],
    ['a null, 5: b', 'a <value>, <value>: b', true],
    ['a {"x":1}: c', 'a <value>: b', false],
    ['z {"x":1}: b', 'a <value>: b', false],
    ['same', 'same', true],
    ['same and more', 'same', false],
  ])('%s against %s', (text, model, expected) => {
    expect(saysTheSame(text, model)).toBe(expected);
  });
});
