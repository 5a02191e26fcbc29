import { describe, expect, it } from 'vitest';
import {
  compareElements,
  describePath,
  keyElement,
  parseElement,
  valueElement,
} from './path-element';

describe('a step of a path', () => {
  it.each([
    [keyElement({ protocol: 'TCP', containerPort: 80 }), 'k:{"containerPort":80,"protocol":"TCP"}'],
    [keyElement({ name: 'a<b' }), String.raw`k:{"name":"a\u003cb"}`],
    [valueElement('x.test/a'), 'v:"x.test/a"'],
    [valueElement(3), 'v:3'],
    [parseElement('k:{"b":1, "a":"x"}'), 'k:{"a":"x","b":1}'],
    [parseElement('f:kubernetes.io/name'), 'f:kubernetes.io/name'],
    [parseElement('i:07'), 'i:7'],
    [parseElement('z:later'), undefined],
  ])('is spelled %s', (element, expected) => {
    expect(element).toBe(expected);
  });

  it.each(['f', 'fspec', 'k:{', 'k:3', 'v:', 'i:x'])('is never %j', (text) => {
    expect(() => parseElement(text)).toThrow(SyntaxError);
  });

  it('stands in order: fields, keys, values, indexes, and numbers by their size', () => {
    const sorted = [
      'f:a',
      'f:b',
      'k:{"name":"a"}',
      'k:{"port":80}',
      'k:{"port":443}',
      'k:{"port":"80"}',
      'v:9',
      'v:10',
      'v:"a"',
      'v:true',
      'i:2',
    ];
    expect(sorted.toReversed().sort(compareElements)).toEqual(sorted);
  });

  it('is shown as conflicts name it', () => {
    const path = ['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:x', 'v:"a"', 'i:1'];
    expect(describePath(path)).toBe('.spec.ports[port=80,protocol="TCP"].x[="a"][1]');
  });
});
