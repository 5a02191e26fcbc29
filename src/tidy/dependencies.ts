// A dependency is justified in one line of its decision note and pinned to one version.

const note = 'docs/decisions/0001-dependencies.md';

/** Problems of package.json's text, given the note's. */
export function dependencyProblems(packageText: string, noteText: string): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(packageText) as Record<
    string,
    Record<string, string> | undefined
  >;
  const justified = new Set(noteText.split(/[\s,|()]+/).flatMap(expanded));
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => [
    ...(/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+$/.test(version)
      ? []
      : [`package.json: ${name} is ${version}: pin one exact version`]),
    ...(justified.has(name) || justified.has(name.replace(/\/.*/, '/*'))
      ? []
      : [`package.json: ${name} has no line in ${note}: say why it is needed, or remove it`]),
  ]);
}

/**
 * A word of the note; the second of "@fontsource/ibm-plex-sans, -mono" stands for its full name.
 */
function expanded(word: string, index: number, words: string[]): string[] {
  const before = words[index - 1];
  if (!word.startsWith('-') || before === undefined) return [word];
  return [word, before.replace(/-[^-]*$/, word)];
}
