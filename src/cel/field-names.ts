// Property names as expressions spell them: what is no identifier, or is a word of the language, is
// written with '__dash__' and the like. Upstream: apiserver/pkg/cel/escaping.go.

const RESERVED: ReadonlySet<string> = new Set(
  [
    'true false null in as break const continue else for function if import let loop',
    'package namespace return',
  ].flatMap((words) => words.split(' ')),
);
const ESCAPES: readonly (readonly [string, string])[] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
];
const UNESCAPED = new Map(ESCAPES.map(([plain, escaped]) => [escaped, plain]));

/** Undefined for a name that expressions cannot reach. */
export function escapeField(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    if (!/^[A-Za-z_.\-/][A-Za-z0-9_.\-/]*$/.test(name)) return undefined;
  }
  return name.replace(/__|[.\-/]/g, (part) => ESCAPES.find(([plain]) => plain === part)![1]);
}

/** The property that an escaped name stands for. */
export function unescapeField(name: string): string {
  const word = /^__(\w+?)__$/.exec(name);
  if (word && RESERVED.has(word[1])) return word[1];
  return name.replace(
    /__(?:underscores|dot|dash|slash)__/g,
    (escaped) => UNESCAPED.get(escaped) ?? escaped,
  );
}
