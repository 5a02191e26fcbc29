import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml';

describe('YAML as Go reads it', () => {
  it.each<[string, unknown]>([
    ['a: b\nlist:\n- 1\n- {x: y}', { a: 'b', list: [1, { x: true }] }],
    ['{"a": [1, null, true]}', { a: [1, null, true] }],
    [
      'mode: 0644\nhex: 0x1F\nfloat: 1e3\nbig: 1_000',
      { mode: 420, hex: 31, float: 1000, big: 1000 },
    ],
    ['on: yes\n1: one\n2.5: x', { true: true, 1: 'one', 2.5: 'x' }],
    [
      'port: 80:80\ntime: 2026-01-01T00:00:00Z\ndate: 2026-01-01',
      {
        port: '80:80',
        time: '2026-01-01T00:00:00Z',
        date: '2026-01-01',
      },
    ],
    [
      'base: &b {x: 1}\nuse: *b\nmerged: {<<: *b, z: 2}',
      {
        base: { x: 1 },
        use: { x: 1 },
        merged: { x: 1, z: 2 },
      },
    ],
    ['text: |\n  one\n  two\nfolded: >-\n  a\n  b\n', { text: 'one\ntwo\n', folded: 'a b' }],
    ['a: 1\n---\nb: 2', { a: 1 }],
    ['', null],
    ['# nothing', null],
  ])('%j', (text, expected) => {
    expect(JSON.stringify(readYaml(text).value)).toBe(JSON.stringify(expected));
  });

  it.each([
    ['{"a": [1, "0644", {"b": null}], "c": 1e3}', { a: [1, '0644', { b: null }], c: 1000 }, []],
    ['{"a": 1, "a": 2}', { a: 2 }, ['line 1: key "a" already set in map']],
    ['{a: on, "b": 0644}', { a: true, b: 420 }, []],
  ])('reads JSON as such, and what only looks like it as YAML: %s', (text, value, complaints) => {
    const body = readYaml(text);
    expect([body.value, body.complaints]).toEqual([value, complaints]);
  });

  it('tells which keys stand twice, and takes the last', () => {
    const { value, complaints } = readYaml('a: 1\nb:\n  c: 1\n  c: 2\na: 3\n');
    expect({ value, complaints }).toEqual({
      value: { a: 3, b: { c: 2 } },
      complaints: ['line 4: key "c" already set in map', 'line 5: key "a" already set in map'],
    });
  });

  it.each([
    ['a: [', 'yaml: line 1: did not find expected node content'],
    ['a: [1', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: {b: 1', "yaml: line 1: did not find expected ',' or '}'"],
    ['a: b: c', 'yaml: line 1: mapping values are not allowed in this context'],
    ['a: "x', 'yaml: line 1: found unexpected end of stream'],
    ['a: @x', 'yaml: line 1: found character that cannot start any token'],
    ['x: 1\nkey: 2\nfoo', "yaml: line 2: could not find expected ':'"],
    ['- a\nb: c', "yaml: line 1: did not find expected '-' indicator"],
    ['a: *nobody', "yaml: unknown anchor 'nobody' referenced"],
    ['a: &a [*a]', "yaml: anchor 'a' value contains itself"],
    ['? [1]\n: 2', 'yaml: unsupported map key of type: slice'],
    ['}', 'yaml: line 1: did not find expected node content'],
  ])('refuses %j', (text, message) => {
    expect(() => readYaml(text)).toThrow(message);
  });

  it('refuses aliases that grow beyond all bounds', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 8; level++) {
      const alias = `*a${level - 1}`;
      lines.push(`a${level}: &a${level} [${Array(10).fill(alias).join(', ')}]`);
    }
    expect(() => readYaml(lines.join('\n'))).toThrow('document contains excessive aliasing');
  });
});
