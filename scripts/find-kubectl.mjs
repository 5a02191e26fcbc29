// Finds the kubectl that the transcripts were recorded with, or a newer patch of it, or installs it
// into .cache/kubectl from Debian's next release, beside the system and without touching it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-step.mjs';

export const kubectlMinor = '1.36';

const cache = join(root, '.cache/kubectl');
const installed = join(cache, 'usr/bin/kubectl');

/** The path of a kubectl 1.36; undefined when there is none. KUBECTL_PATH is asked first. */
export function findKubectl() {
  const given = process.env.KUBECTL_PATH;
  return [given, installed, 'kubectl'].find((path) => path && versionOf(path) === kubectlMinor);
}

/** Answers the path of what was installed. Throws with what to do when it cannot be. */
export function installKubectl() {
  const advice = `install kubectl ${kubectlMinor} and set KUBECTL_PATH to it`;
  const source = debianSource();
  if (source === undefined) throw new Error(`this is no Debian: ${advice}`);
  rmSync(cache, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(cache, folder), { recursive: true });
  }
  writeFileSync(join(cache, 'sources.list'), source);
  const options = [
    `Dir::Etc::sourcelist=${join(cache, 'sources.list')}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${join(cache, 'lists')}`,
    `Dir::Cache=${join(cache, 'cache')}`,
  ].flatMap((option) => ['-o', option]);
  run('apt-get', [...options, 'update', '-qq']);
  const [version] = run('apt-cache', [...options, 'madison', 'kubectl']).match(/1\.36\.\S+/) ?? [];
  if (version === undefined) throw new Error(`Debian has no kubectl ${kubectlMinor}: ${advice}`);
  run('apt-get', [...options, 'download', `kubectl=${version}`]);
  const [deb] = readdirSync(cache).filter((file) => file.endsWith('.deb'));
  run('dpkg', ['-x', join(cache, deb), cache]);
  if (findKubectl() !== installed) throw new Error(`what was installed does not run: ${advice}`);
  return installed;
}

function versionOf(path) {
  if (path.includes('/') && !existsSync(path)) return undefined;
  const { stdout } = spawnSync(path, ['version', '--client'], { encoding: 'utf8' });
  return /GitVersion:"v(\d+\.\d+)|Client Version: v(\d+\.\d+)/
    .exec(stdout ?? '')
    ?.slice(1)
    .join('');
}

/** The system's own mirror and keys, for another release. */
function debianSource() {
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  for (const file of [...files, '/etc/apt/sources.list'].filter((path) => existsSync(path))) {
    const found = /(?:^URIs: |^deb (?:\[[^\]]*\] )?)(\S+\/debian)\/?(?:\s|$)/m.exec(
      readFileSync(file, 'utf8'),
    );
    if (found === null) continue;
    const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
    return `deb [signed-by=${keys}] ${found[1]} forky main\n`;
  }
  return undefined;
}

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: cache, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.at(-1)}: ${stderr.trim()}`);
  return stdout;
}
