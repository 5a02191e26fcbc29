// The flags of `npm run serve`, which are also its help.
import { PRESET_NAMES } from '../../cluster/preset-names';

export interface ServeOptions {
  port: number;
  securePort: number;
  preset: string;
  pods: number;
  scenario: string | undefined;
  gatewayApi: boolean;
  seed: number;
  speed: number;
  kubeconfig: string | undefined;
  adminToken: string | undefined;
}

interface Flag {
  /** What the help calls it; '' for a flag that takes none. */
  readonly value: string;
  readonly what: string;
  /** Sets the option; throws UsageError when the text is no such value. */
  readonly set: (options: ServeOptions, text: string) => void;
}

/** What the person who started the command has to read, and nothing else. */
export class UsageError extends Error {}

const FLAGS: Readonly<Record<string, Flag>> = {
  '--port': {
    value: 'N',
    what: 'plain HTTP with full rights, as kubectl proxy (8001; 0: any free port)',
    set: (options, text) => (options.port = portOf(text)),
  },
  '--secure-port': {
    value: 'N',
    what: 'TLS with bearer tokens (6443; 0: any free port)',
    set: (options, text) => (options.securePort = portOf(text)),
  },
  '--preset': {
    value: 'NAME',
    what: `the cluster to begin with: ${PRESET_NAMES.join(', ')} (kubeadm)`,
    set: (options, text) => (options.preset = oneOf(text, PRESET_NAMES)),
  },
  '--pods': {
    value: 'N',
    what: 'fills the cluster with so many pods of some workloads (0)',
    set: (options, text) => (options.pods = numberOf(text, /^\d{1,6}$/)),
  },
  '--scenario': {
    value: 'FILE',
    what: 'YAML of machines and objects to begin with',
    set: (options, text) => (options.scenario = text),
  },
  '--gateway-api': {
    value: '',
    what: 'begins with the Gateway API installed',
    set: (options) => (options.gatewayApi = true),
  },
  '--seed': {
    value: 'N',
    what: 'the same seed and requests give the same run (1)',
    set: (options, text) => (options.seed = numberOf(text, /^\d{1,15}$/)),
  },
  '--speed': {
    value: 'X',
    what: 'times the wall clock (1)',
    set: (options, text) => (options.speed = numberOf(text, /^\d+(\.\d+)?$|^\.\d+$/)),
  },
  '--kubeconfig': {
    value: 'PATH',
    what: 'writes a kubeconfig for the secure port there',
    set: (options, text) => (options.kubeconfig = text),
  },
  '--admin-token': {
    value: 'T',
    what: "the cluster-admin's bearer token (random)",
    set: (options, text) => (options.adminToken = text),
  },
};

/** Reads `--flag value` and `--flag=value`. Throws UsageError. */
export function parseServeOptions(argv: readonly string[]): ServeOptions {
  const options: ServeOptions = {
    port: 8001,
    securePort: 6443,
    preset: 'kubeadm',
    pods: 0,
    scenario: undefined,
    gatewayApi: false,
    seed: 1,
    speed: 1,
    kubeconfig: undefined,
    adminToken: undefined,
  };
  for (let at = 0; at < argv.length; at++) {
    const [name, inline] = splitFlag(argv[at]);
    const flag = FLAGS[name];
    if (!flag) throw new UsageError(`unknown flag: ${name}\n\n${usage()}`);
    const text = flag.value === '' ? 'true' : (inline ?? argv[++at]);
    if (!text) throw new UsageError(`flag needs an argument: ${name}\n\n${usage()}`);
    try {
      flag.set(options, text);
    } catch (error) {
      throw new UsageError(`${name} ${text}: ${(error as Error).message}`);
    }
  }
  return options;
}

export function usage(): string {
  const lines = Object.entries(FLAGS).map(
    ([name, { value, what }]) => `  ${`${name} ${value}`.trim().padEnd(20)}${what}`,
  );
  return `usage: npm run serve -- [flags]\n${lines.join('\n')}`;
}

function splitFlag(argument: string): [string, string | undefined] {
  const equals = argument.indexOf('=');
  return equals < 0
    ? [argument, undefined]
    : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function portOf(text: string): number {
  const port = numberOf(text, /^\d{1,5}$/);
  if (port > 65_535) throw new UsageError('a port is at most 65535');
  return port;
}

function numberOf(text: string, shape: RegExp): number {
  if (!shape.test(text)) throw new UsageError('not such a number');
  return Number(text);
}

function oneOf(text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  throw new UsageError(`use one of ${choices.join(', ')}`);
}
