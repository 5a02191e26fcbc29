// npm run kubectl: what a real kubectl says to a served cluster, against what it said to a real
// one. Installs kubectl where it is missing.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeOptions } from './room-for-young.mjs';
import { findKubectl, installKubectl } from './find-kubectl.mjs';
import { root } from './run-step.mjs';

let kubectl = findKubectl();
try {
  kubectl ??= installKubectl();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const args = ['run', '--config', 'vitest.kubectl.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, [vitest, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KUBECTL_PATH: kubectl, NODE_OPTIONS: nodeOptions },
});
process.exit(status ?? 1);
