import { describe, expect, it } from 'vitest';
import { changedLine, withLine } from './changed-line';

const text = '# words\nkind: Pod\nspec:\n  containers:\n    - image: nginx\n';

describe('the line that an embed shows', () => {
  it.each([
    ['an image, before anything was applied', text, null, 5],
    ['an image, when nothing changed', text, text, 5],
    ['what was changed', text.replace('kind: Pod', 'kind: Job'), text, 2],
    ['the first line that says something', '# words\n\nkind: Pod\n', null, 3],
    ['the first line of nothing', '', null, 1],
  ])('%s', (_what, now, applied, line) => {
    expect(changedLine(now, applied)).toBe(line);
  });

  it('can be put back into the text', () => {
    expect(withLine('a\nb\nc', 2, 'x')).toBe('a\nx\nc');
  });
});
