import { describe, expect, it } from 'vitest';
import { columnsMax, sizeProblems } from './sizes';
import { sourceFile } from './source-file';

function problems(path: string, text: string): string[] {
  return sizeProblems(sourceFile(path, text));
}

function lines(count: number): string {
  return 'x();\n'.repeat(count);
}

describe('the rule on sizes', () => {
  it('lets a file have 500 lines and a test 900', () => {
    expect(problems('src/api/x.ts', lines(500))).toEqual([]);
    expect(problems('src/api/x.test.ts', lines(900))).toEqual([]);
  });

  it('catches a longer file, style sheets too', () => {
    const message = '501 lines, over 500: split it by what it does';
    expect(problems('src/api/x.ts', lines(501))).toEqual([`src/api/x.ts: ${message}`]);
    expect(problems('src/ui/x.css', lines(501))).toEqual([`src/ui/x.css: ${message}`]);
    expect(problems('src/api/x.test.ts', lines(901))).toHaveLength(1);
  });

  it('catches a function of more than 70 lines and names it', () => {
    expect(problems('src/api/x.ts', `function f() {\n${lines(68)}}`)).toEqual([]);
    expect(problems('src/api/x.ts', `function f() {\n${lines(69)}}`)).toEqual([
      'src/api/x.ts:1: f has 71 lines, over 70: name its parts',
    ]);
    expect(problems('src/api/x.ts', `class A { run() {\n${lines(69)}} }`)).toEqual([
      'src/api/x.ts:1: run has 71 lines, over 70: name its parts',
    ]);
    expect(problems('src/api/x.ts', `const f = () => {\n${lines(69)}}`)).toHaveLength(1);
  });

  it('measures tests, and not the suites around them', () => {
    expect(problems('src/api/x.test.ts', `describe('x', () => {\n${lines(99)}});`)).toEqual([]);
    expect(problems('src/api/x.test.ts', `it('x', () => {\n${lines(99)}});`)).toHaveLength(1);
  });

  it('catches a line of more than 100 columns', () => {
    const name = 'x'.repeat(columnsMax - 1);
    expect(problems('src/api/x.ts', `${name};`)).toEqual([]);
    expect(problems('src/api/x.ts', `${name}x;`)).toEqual([
      'src/api/x.ts:1: 101 columns, over 100: break the line',
    ]);
    expect(problems('src/api/x.ts', `const message = '${name}';`)).toHaveLength(1);
  });

  it('lets a test hold a long string and a comment a long address', () => {
    expect(problems('src/api/x.test.ts', `const message = '${'x'.repeat(columnsMax)}';`)).toEqual(
      [],
    );
    const address = `https://example.com/${'x'.repeat(columnsMax)}`;
    expect(problems('src/api/x.ts', `// ${address}`)).toEqual([]);
  });
});
