import { describe, expect, it } from 'vitest';
import { bannedGlobalProblems } from './banned-globals';
import { sourceFile } from './source-file';

function problems(text: string, path = 'src/store/store.ts'): string[] {
  return bannedGlobalProblems(sourceFile(path, text));
}

describe('the rule on globals', () => {
  it.each([
    ['a comment', `// Date.now() and await\n/* console.log */ const x = 1;`],
    ['a string', `const text = 'Date.now() in window';`],
    ['a property', `const x = pod.process.window; const y = { document: 1, Date: 2 };`],
    ['a property of an interface', `interface Page { document: string; process(): void }`],
    ['a method', `class Shell { process() {} get window() { return 1; } }`],
    ['a parameter', `function run(process: string, { window }: X) { return process + window; }`],
    ['a parameter of a function type', `type Run = (document: string) => void;`],
    ['a variable', `function run() { const document = 1; return () => document; }`],
    ['an import', `import { process, fetch as load } from './process'; process(load);`],
    ['a caught name', `try { run(); } catch (self) { throw self; }`],
    ['a label', `window: for (;;) { break window; }`],
    ['a member of an enum or namespace', `type X = Sim.Date; x(Sim.crypto);`],
    ['a type of its own', `interface Promise { kept: boolean } let x: Promise;`],
    ['other members of Math', `const x = Math.floor(Math.max(1, 2));`],
  ])('leaves alone %s', (_what, text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    [`const now = Date.now();`, /Date is banned in the engine: use clock\.now/],
    [`const now = new Date();`, /clock\.now/],
    [`function f(at: Date) {}`, /Date is banned/],
    [`const x = Math.random();`, /Math\.random is banned in the engine: use a named stream/],
    [`const x = Math['random']();`, /Math\.random is banned/],
    [`setTimeout(run, 10);`, /setTimeout is banned in the engine: use clock\.after/],
    [`setInterval(run, 10);`, /clock\.after/],
    [`queueMicrotask(run);`, /clock\.after/],
    [`requestAnimationFrame(run);`, /clock\.after/],
    [`function f(): Promise<void> {}`, /Promise is banned/],
    [`async function f() {}`, /async is banned/],
    [`const f = async () => {};`, /async is banned/],
    [`const t = performance.now();`, /clock\.now/],
    [`const id = crypto.randomUUID();`, /seeded rng/],
    [`const copy = structuredClone(pod);`, /frozen and shared/],
    [`console.log('x');`, /the trace/],
    [`const home = process.env.HOME;`, /only src\/host and src\/ui/],
    [`const x = { process };`, /process is banned/],
    [`window.location;`, /window is banned/],
    [`document.title = 'x';`, /document is banned/],
    [`a.localeCompare(b);`, /localeCompare is banned in the engine: use < and >/],
    [`function f(x = Date.now()) {}`, /Date is banned/],
    [`function f() { const Date = 1; } Date();`, /Date is banned/],
    [`export const x = import('./lazy');`, /import\(\) is banned/],
  ])('catches %s', (text, message) => {
    expect(problems(text)).toEqual([expect.stringMatching(message)]);
  });

  it('catches await and says where', () => {
    const text = `const x = 1;\nasync function f() {\n  await x;\n}`;
    expect(problems(text).map((problem) => problem.replace(/ in the engine.*/, ''))).toEqual([
      'src/store/store.ts:2: async is banned',
      'src/store/store.ts:3: await is banned',
    ]);
  });

  it.each(['src/host/worker.ts', 'src/ui/app.ts', 'src/store/store.test.ts', 'bench/run.ts'])(
    'leaves %s free',
    (path) => {
      expect(problems(`const x = Date.now();`, path)).toEqual([]);
    },
  );
});
