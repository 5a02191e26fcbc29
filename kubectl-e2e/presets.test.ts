// What a real kubectl shows of a cluster that has just come up, of each preset: what its tool would
// have left. The texts stand in presets/, a file each; UPDATE_PRESETS=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KubectlRunner } from './kubectl-runner';
import { maskText } from './mask-text';

const COMMANDS = ['get all -A', 'get nodes -o wide', 'get svc -A', 'get ing -A', 'get sc'];
const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
  - port: 8080
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
  - http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port:
              number: 8080
`;
const APPLIED = ['get svc web -n default', 'get ing web -n default'];

/** Also what only these tables show: pods of every owner, rows in the order of made-up names. */
function masked(text: string): string {
  const lines = maskText(text)
    .replace(/(?<=svclb-[a-z]+)-[0-9a-f]{8}(?:-[a-z0-9]{5})?/g, '-<uid>')
    .replace(/(?<=pod\/(?:kube-proxy|kindnet|helm-install-[a-z-]+))-[a-z0-9]{5}\b/g, '-<rand5>')
    .replace(/\b10\.43\.(?!0\.1\b|0\.10\b)\d+\.\d+/g, '<ip>')
    .replace(/ +/g, ' ')
    .split('\n');
  return lines.filter((line, index) => line !== lines[index - 1] || line === '').join('\n');
}

describe.each(['kubeadm', 'k3s', 'kind', 'minikube', 'zones'])('%s', (preset) => {
  let runner: KubectlRunner;
  beforeAll(async () => {
    runner = await KubectlRunner.start('--preset', preset, '--speed', '20');
  });
  afterAll(() => runner.stop());

  it('shows what its tool leaves, and what becomes of a Service and an Ingress', async () => {
    const said: string[] = [];
    const ask = async (command: string): Promise<string> => {
      const { stdout, stderr } = await runner.run({ command: ['kubectl', ...command.split(' ')] });
      return masked(stdout + stderr);
    };
    for (const command of COMMANDS) said.push(`$ kubectl ${command}`, await ask(command));
    const files = { 'web.yaml': MANIFEST };
    const apply = ['kubectl', 'apply', '-n', 'default', '-f', 'web.yaml'];
    await runner.run({ files, command: apply });
    await passed(runner, 60_000);
    for (const command of APPLIED) said.push(`$ kubectl ${command}`, await ask(command));
    const file = new URL(`./presets/${preset}.txt`, import.meta.url);
    if (process.env.UPDATE_PRESETS) writeFileSync(file, said.join('\n'));
    expect(said.join('\n')).toBe(readFileSync(file, 'utf8'));
  });
});

/** Until so much of the cluster's time has gone by. */
async function passed({ server }: KubectlRunner, ms: number): Promise<void> {
  const { clock } = server.cluster;
  const endMs = clock.nowMs + ms;
  while (clock.nowMs < endMs) await new Promise((resolve) => setTimeout(resolve, 50));
}
