// Directories and files of the machine, as far as host paths ask for them. A machine has what every
// Linux has; what a pod makes stays.
// Upstream: pkg/volume/hostpath/host_path.go (checkType).
import type { ContainerRuntime } from '../../runtime/container-runtime';

export interface HostPath {
  path: string;
  type?: string;
}

type Kind = 'directory' | 'file' | 'socket' | 'device' | 'disk';

/** Directories whose subdirectories are taken to be there too. */
const DIRECTORIES = ['/bin', '/dev', '/etc', '/home', '/lib', '/lib64', '/mnt', '/opt', '/proc'];
const MORE_DIRECTORIES = ['/root', '/run', '/sbin', '/srv', '/sys', '/tmp', '/usr', '/var'];
const KNOWN: Readonly<Record<string, Kind>> = {
  '/': 'directory',
  '/dev/null': 'device',
  '/dev/zero': 'device',
  '/dev/random': 'device',
  '/dev/urandom': 'device',
  '/dev/kmsg': 'device',
  '/dev/fuse': 'device',
  '/dev/sda': 'disk',
  '/dev/sda1': 'disk',
  '/etc/hostname': 'file',
  '/etc/hosts': 'file',
  '/etc/localtime': 'file',
  '/etc/machine-id': 'file',
  '/etc/os-release': 'file',
  '/etc/passwd': 'file',
  '/etc/group': 'file',
  '/etc/resolv.conf': 'file',
  '/run/xtables.lock': 'file',
  '/run/containerd/containerd.sock': 'socket',
  '/var/run/containerd/containerd.sock': 'socket',
};
/** Directories in which nothing is but what is named here, or was made. */
const SPARSE = ['/home/', '/mnt/', '/opt/', '/srv/', '/tmp/', '/root/'];

const REQUIREMENTS: Readonly<Record<string, readonly [kind: Kind, words: string]>> = {
  Directory: ['directory', 'is not a directory'],
  File: ['file', 'is not a file'],
  Socket: ['socket', 'is not a socket file'],
  CharDevice: ['device', 'is not a character device'],
  BlockDevice: ['disk', 'is not a block device'],
};

/** What was made on the disk of each machine. */
const made = new WeakMap<ContainerRuntime, Map<string, Kind>>();

/** Why the machine does not have what is asked for; '' when it does, or has now. */
export function hostPathProblem(runtime: ContainerRuntime, { path, type }: HostPath): string {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (!type) return '';
  const there = kindOf(runtime, clean);
  const requirement = REQUIREMENTS[type.replace('OrCreate', '')];
  if (there === undefined && type.endsWith('OrCreate')) {
    make(runtime, clean, requirement[0]);
    return '';
  }
  if (!requirement || there === requirement[0]) return '';
  return `hostPath type check failed: ${path} ${requirement[1]}`;
}

function kindOf(runtime: ContainerRuntime, path: string): Kind | undefined {
  const known = KNOWN[path] ?? made.get(runtime)?.get(path);
  if (known) return known;
  if (DIRECTORIES.includes(path) || MORE_DIRECTORIES.includes(path)) return 'directory';
  if (SPARSE.some((prefix) => path.startsWith(prefix))) return undefined;
  const root = path.slice(0, path.indexOf('/', 1));
  const isSystems = DIRECTORIES.includes(root) || MORE_DIRECTORIES.includes(root);
  const isFile = /\.[a-z]+$/.test(path);
  return isSystems && !isFile ? 'directory' : undefined;
}

function make(runtime: ContainerRuntime, path: string, kind: Kind): void {
  const known = made.get(runtime);
  if (known) known.set(path, kind);
  else made.set(runtime, new Map([[path, kind]]));
}
