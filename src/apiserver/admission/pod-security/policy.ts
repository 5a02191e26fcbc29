// The policy of a namespace, from its labels. Upstream: pod-security-admission/api/helpers.go.
import type { StatusCause } from '../../../api/status-error';

export type Level = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: Level;
  /** 'latest' or 'v1.36'. */
  readonly version: string;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];
const MODES = ['enforce', 'audit', 'warn'] as const;
const PRIVILEGED: LevelVersion = { level: 'privileged', version: 'latest' };

/** True when some label speaks of pod security at all. */
export function hasPolicy(labels: Readonly<Record<string, string>> | undefined): boolean {
  if (!labels) return false;
  return MODES.some(
    (mode) =>
      labels[PREFIX + mode] !== undefined || labels[`${PREFIX}${mode}-version`] !== undefined,
  );
}

/** The policy, and what is wrong with the labels; what is wrong counts as restricted. */
export function policyOf(labels: Readonly<Record<string, string>> = {}): {
  policy: Policy;
  causes: StatusCause[];
} {
  const causes: StatusCause[] = [];
  const read = (mode: (typeof MODES)[number]): LevelVersion => {
    const key = PREFIX + mode;
    const level = labels[key];
    const version = labels[`${key}-version`] ?? 'latest';
    if (!isVersion(version)) {
      const why = 'must be "latest" or "v1.x"';
      causes.push(invalid(`${key}-version`, version, why));
    }
    if (level === undefined) return { ...PRIVILEGED, version };
    if (LEVELS.includes(level)) return { level: level as Level, version };
    causes.push(invalid(key, level, `must be one of ${LEVELS.join(', ')}`));
    return { level: mode === 'enforce' ? 'restricted' : 'privileged', version: 'latest' };
  };
  const enforce = read('enforce');
  const audit = read('audit');
  let warn = read('warn');
  // Who enforces without a word of warnings is warned at the same level.
  const isSilent = labels[`${PREFIX}warn`] === undefined;
  if (isSilent && rankOf(enforce) > rankOf(warn)) warn = enforce;
  return { policy: { enforce, audit, warn }, causes };
}

export function rankOf({ level }: LevelVersion): number {
  return LEVELS.indexOf(level);
}

/** 'restricted:latest'. */
export function policyText({ level, version }: LevelVersion): string {
  return `${level}:${version}`;
}

function isVersion(version: string): boolean {
  return version === 'latest' || /^v1\.(0|[1-9]\d*)$/.test(version);
}

function invalid(label: string, value: string, why: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    field: `metadata.labels[${label}]`,
    message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
  };
}
