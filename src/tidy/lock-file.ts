// The lock file pins versions and their integrity, never a place to fetch from: whoever installs
// uses the registry that their own npm is set to.

/** Problems of package-lock.json's text. */
export function lockFileProblems(text: string): string[] {
  const packages = (JSON.parse(text) as { packages: Record<string, { resolved?: string }> })
    .packages;
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(
      ([name]) =>
        `package-lock.json: ${name} names where it came from: ` +
        'npm install --omit-lockfile-registry-resolved writes it without',
    );
}
