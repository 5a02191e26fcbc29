import { expect, it } from 'vitest';
import { indentAfter } from './line-indent';

it.each([
  ['', ''],
  ['kind: Pod', ''],
  ['spec:', '  '],
  ['  template:', '    '],
  ['  template: # of the pods', '    '],
  ['    - name: web', '      '],
  ['    - name:', '        '],
  ['      image: nginx:1.27', '      '],
  ['  script: |', '    '],
  ['  # a note:', '  '],
  ['- - a', '    '],
])('after %j comes %j', (line, indent) => {
  expect(indentAfter(line)).toBe(indent);
});
