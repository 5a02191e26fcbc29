import { describe, expect, it } from 'vitest';
import { colourLine } from './yaml-colours';

function coloured(line: string): string {
  return colourLine(line)
    .map(({ text, as }) => (as ? `${as}<${text}>` : text))
    .join('');
}

describe('colours of YAML', () => {
  it.each([
    ['kind: Pod', 'k<kind>: s<Pod>'],
    ['spec:', 'k<spec>:'],
    ['  replicas: 10', '  k<replicas>: n<10>'],
    ['    - name: web', '    - k<name>: s<web>'],
    ['    - just words', '    - s<just words>'],
    ['  ready: true', '  k<ready>: n<true>'],
    ['  emptyDir: {}', '  k<emptyDir>: {}'],
    ['  text: |', '  k<text>: |'],
    ['  kubernetes.io/os: linux', '  k<kubernetes.io/os>: s<linux>'],
    ['  image: nginx:1.27', '  k<image>: s<nginx:1.27>'],
    ['  "odd key": x', '  k<"odd key">: s<x>'],
    ['', ''],
  ])('%j', (line, expected) => {
    expect(coloured(line)).toBe(expected);
    expect(
      colourLine(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  });
});
