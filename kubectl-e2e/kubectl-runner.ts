// Runs a real kubectl against a cluster served in this process: each command in a folder of its own
// with a kubeconfig that points at a namespace of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OpenApi } from '../src/apiserver/openapi/openapi';
import { ClusterServer } from '../src/host/node/cluster-server';
import { parseServeOptions } from '../src/host/node/options';

const TIMEOUT_MS = 40_000;
const docsFile = new URL('../generated/docs-schema.json', import.meta.url);

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  namespace?: string;
  files?: Record<string, string>;
  env?: Record<string, string>;
  /** Commands before the one that counts; ['sleep', '1'] waits. */
  setup?: string[][];
  command: string[];
  stdin?: string;
  /** Paths of what is to be deleted afterwards, besides the namespace. */
  cleanup?: string[];
}

export class KubectlRunner {
  readonly home = mkdtempSync(join(tmpdir(), 'kubarium-kubectl-'));

  private constructor(readonly server: ClusterServer) {}

  /** Serves a cluster on free ports; flags are those of `npm run serve`. */
  static async start(...flags: string[]): Promise<KubectlRunner> {
    const options = parseServeOptions(['--port', '0', '--secure-port', '0', ...flags]);
    const server = new ClusterServer(options, {
      pageFolder: '',
      nowMs: () => Date.now(),
      extraPages: (served) => {
        const load = () => JSON.parse(readFileSync(docsFile, 'utf8')) as never;
        const openApi = new OpenApi(() => served.definitions, load);
        return (request) => openApi.handle(request);
      },
    });
    await server.listen();
    return new KubectlRunner(server);
  }

  stop(): void {
    this.server.close();
    rmSync(this.home, { recursive: true });
  }

  /** What it leaves behind is deleted, or its pods would come to the nodes of others. */
  async run(options: RunOptions): Promise<Outcome> {
    try {
      return await this.converse(options);
    } finally {
      const { namespace, cleanup = [] } = options;
      const place = namespace ? [`/api/v1/namespaces/${namespace}`] : [];
      const pods = place.map((path) => `${path}/pods?gracePeriodSeconds=0`);
      for (const path of [...place, ...pods, ...cleanup]) {
        await fetch(`${this.server.url}${path}`, { method: 'DELETE' });
      }
    }
  }

  private async converse(options: RunOptions): Promise<Outcome> {
    const { namespace, files, env, setup, command, stdin } = options;
    if (namespace) await this.makeNamespace(namespace);
    const folder = mkdtempSync(join(this.home, 'work-'));
    for (const [name, text] of Object.entries(files ?? {})) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
    }
    writeFileSync(join(folder, '.kubeconfig'), this.kubeconfig(namespace));
    for (const argv of setup ?? []) {
      if (argv[0] === 'sleep') await sleep(Number(argv[1]) * 1000);
      else await this.spawn(argv, folder, env);
    }
    const outcome = await this.spawn(command, folder, env, stdin);
    rmSync(folder, { recursive: true });
    const plain = (text: string): string =>
      text
        .replaceAll(folder, '<cwd>')
        .replaceAll(this.home, '<home>')
        .replaceAll(new URL(this.server.secureUrl).host, '<server>');
    return { ...outcome, stdout: plain(outcome.stdout), stderr: plain(outcome.stderr) };
  }

  private spawn(
    [, ...args]: string[],
    cwd: string,
    env: Record<string, string> = {},
    stdin = '',
  ): Promise<Outcome> {
    const { PATH = '', KUBECTL_PATH } = process.env;
    if (!KUBECTL_PATH) throw new Error('KUBECTL_PATH is not set: run npm run kubectl');
    const own = { PATH, HOME: this.home, KUBECONFIG: join(cwd, '.kubeconfig'), TERM: 'dumb' };
    const child = spawn(KUBECTL_PATH, args, { cwd, env: { ...own, TZ: 'UTC', ...env } });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    const outcome = { exitCode: -1, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString()));
    // A command that reads no input may have ended before it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    return new Promise((resolve) => {
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ ...outcome, exitCode: code ?? -1 });
      });
    });
  }

  private async makeNamespace(name: string): Promise<void> {
    const root = `${this.server.url}/api/v1/namespaces`;
    await fetch(root, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ metadata: { name } }),
    });
    for (let tries = 0; tries < 100; tries++) {
      const path = `${root}/${name}`;
      const account = await fetch(`${path}/serviceaccounts/default`);
      const authority = await fetch(`${path}/configmaps/kube-root-ca.crt`);
      if (account.ok && authority.ok) return;
      await sleep(30);
    }
    throw new Error(`namespace ${name} got no default ServiceAccount`);
  }

  private kubeconfig(namespace = 'default'): string {
    return `apiVersion: v1
kind: Config
clusters:
- {name: o, cluster: {server: "${this.server.secureUrl}", insecure-skip-tls-verify: true}}
users:
- {name: a, user: {token: "${this.server.token}"}}
contexts:
- {name: o, context: {cluster: o, user: a, namespace: ${namespace}}}
current-context: o
`;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
