import { describe, expect, it } from 'vitest';
import { wrapComments } from '../../scripts/wrap-comments.mjs';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
const wrap = (text: string) => wrapComments('src/api/x.ts', text);

describe('wrapping comments', () => {
  it('moves what spills over to the front of the next line', () => {
    const text = `// ${words(20)} end\n// of it.\nconst x = 1;`;
    expect(wrap(text)).toBe(`// ${words(19)}\n// word end of it.\nconst x = 1;`);
  });

  it('gives it a line of its own before code, a list and another paragraph', () => {
    for (const next of ['const x = 1;', '// - an item', '// also: this', '//\n// More.']) {
      expect(wrap(`// ${words(20)} end\n${next}`)).toBe(`// ${words(19)}\n// word end\n${next}`);
    }
  });

  it('opens a contract on one line into a block, at its indentation', () => {
    const text = `class A {\n  /** ${words(20)} */\n  run() {}\n}`;
    const block = `  /**\n   * ${words(19)}\n   * word\n   */`;
    expect(wrap(text)).toBe(`class A {\n${block}\n  run() {}\n}`);
  });

  it.each([
    ['a long string', `const text = '// ${words(30)}';`],
    ['a template', `const text = \`\n// ${words(30)}\n\`;`],
    ['a comment behind code', `const x = 1; // ${words(30)}`],
    ['a word that no line can hold', `// ${'x'.repeat(120)}`],
    ['what does not parse', `const = 1;\n// ${words(30)}`],
  ])('leaves alone %s', (_what, text) => {
    expect(wrap(text)).toBe(text);
  });
});
