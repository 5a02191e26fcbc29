// Runs one command of the tool chain and says how long it took; its output is shown when it fails.

import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Answers { ok, output }. With `live`, output goes to the terminal as it comes instead; with `show`
 * it is shown when the step succeeds, too.
 * @param {string} name what the reader is told
 * @param {string[]} command program and arguments; programs of node_modules/.bin are found
 */
export async function runStep(name, command, { live = false, show = false, env = {} } = {}) {
  const started = performance.now();
  if (live) console.log(`\n--- ${name}`);
  const { code, output } = await run(command, live, env);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ok = code === 0;
  if ((!ok || show) && !live) console.log(output.trimEnd());
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  return { ok, output };
}

function run([program, ...args], live, env) {
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(program, args, {
    cwd: root,
    stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...colours(), ...env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => (output += chunk));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Tools whose output is held back cannot see the terminal that it is shown on in the end. */
function colours() {
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : { FORCE_COLOR: '0', NO_COLOR: '1' };
}
