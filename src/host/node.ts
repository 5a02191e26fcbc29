// `npm run serve`: the engine in Node behind real HTTP, for real clients on this machine.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenApi } from '../apiserver/openapi/openapi';
import { ClusterServer } from './node/cluster-server';
import { parseServeOptions, usage, UsageError } from './node/options';

/** Serves until SIGINT or SIGTERM. `root` is the project's folder. Answers an exit code. */
export async function serve(argv: readonly string[], root: string): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(usage());
    return;
  }
  try {
    await serveUntilStopped(argv, root);
  } catch (error) {
    console.error(wordsOf(error));
    process.exitCode = 1;
  }
}

async function serveUntilStopped(argv: readonly string[], root: string): Promise<void> {
  const options = parseServeOptions(argv);
  const pageFolder = join(root, 'dist');
  const docsFile = join(root, 'generated/docs-schema.json');
  const server = new ClusterServer(options, {
    pageFolder,
    nowMs: () => Date.now(),
    extraPages: (served) => {
      const openApi = new OpenApi(
        () => served.definitions,
        () => JSON.parse(readFileSync(docsFile, 'utf8')),
      );
      return (request) => openApi.handle(request);
    },
  });
  try {
    await server.listen();
  } catch (error) {
    server.close();
    throw error;
  }
  if (options.kubeconfig) writeFileSync(options.kubeconfig, server.kubeconfig, { mode: 0o600 });
  const { version } = server.cluster;
  console.log(`Kubernetes ${version} is running at ${server.url} (plain HTTP, full rights)`);
  console.log(`  and at ${server.secureUrl} (TLS, bearer token ${server.token})`);
  console.log(`The page is at ${server.url}/ui/`);
  const hint = options.kubeconfig
    ? `KUBECONFIG=${options.kubeconfig} kubectl get nodes`
    : `kubectl --server ${server.url} get nodes`;
  console.log(`Try: ${hint} (Ctrl+C stops it)`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  server.close();
}

function wordsOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const { code, message, port, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `port ${port} is in use: stop what uses it, or choose another port (see --help)`;
  }
  return code ? message : (stack ?? String(error));
}
