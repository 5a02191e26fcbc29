// The lock file pins versions and their integrity, never a place to fetch from: whoever installs
// uses the registry that their own npm is set to.

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Problems of package-lock.json's text. */
export function lockFileProblems(text: string): string[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  return Object.entries(packages).flatMap(([path, locked]) => [
    ...(locked.resolved === undefined
      ? []
      : [`package-lock.json: ${path} names where it came from: see .npmrc`]),
    ...Object.keys(locked.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `package-lock.json lacks ${name}: run node scripts/complete-lock.mjs`),
  ]);
}

/** Without the packages of every platform, npm ci refuses the lock file on all of them. */
function isLocked(packages: Record<string, LockedPackage>, path: string, name: string): boolean {
  return `${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
}
