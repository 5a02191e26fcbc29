/** Throws when a name occurs twice: a mistake in a registry, found when it is built. */
export function assertUnique(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`the ${what} hold ${name} twice`);
    seen.add(name);
  }
}
