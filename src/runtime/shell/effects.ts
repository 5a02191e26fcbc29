// The commands that scripts of containers are full of: what each does to time, files and ports.
import { durationMs, type Progress } from './progress';

export type Effect = 'done';

/** Say or change something that nobody sees from outside. */
const TOOLS = new Set(
  (
    'true : echo printf date ls cat env pwd id uname hostname whoami cd mkdir cp mv chmod ' +
    'chown ln trap head grep egrep fgrep wc sed awk cut tr nslookup wget curl test [ source . ' +
    'apt-get apk apt seq expr rev sort uniq find tar gzip gunzip unzip base64 md5sum ' +
    'sha256sum basename dirname tee xargs stat du df free ps kill killall which type getent ' +
    'dig host ip ifconfig route netstat ss mount umount sysctl sync dd mktemp install rmdir ' +
    'touch rm diff cmp tac nproc uptime ulimit umask unset shift eval exec alias nl od ' +
    'hexdump readlink realpath split paste printenv time timeout nice nohup sleep false tail ' +
    'nc vi httpd telnet ping less more adduser addgroup su jq openssl'
  ).split(' '),
);
/** Clients that do their work and leave. */
const CLIENTS = new Set(
  (
    'kubectl helm git mc aws gcloud pip pip3 psql mysql mysqladmin mysqldump ' +
    'pg_dump pg_isready mongosh mongodump redis-cli rsync ssh-keygen'
  ).split(' '),
);
const ENDLESS = new Set(['yes', 'top', 'watch', 'cat-forever']);

/** True for commands that nothing is seen of from outside. */
export function isQuiet(name: string): boolean {
  return TOOLS.has(name) || CLIENTS.has(name);
}

/** Executables that every base image brings. */
export function isCommonExecutable(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return TOOLS.has(name) || ENDLESS.has(name) || /^(?:ba|a|da)?sh$/.test(name);
}

/** 'done' when the command is one whose effect is known. */
export function effectOf(
  name: string,
  args: readonly string[],
  progress: Progress,
): Effect | undefined {
  switch (name) {
    case 'sleep':
      progress.atMs += args.reduce((sum, arg) => sum + durationMs(arg), 0);
      return 'done';
    case 'false':
      progress.code = 1;
      return 'done';
    case 'tail':
      if (args.some((arg) => /^-\w*[fF]/.test(arg))) progress.atMs = Infinity;
      return 'done';
    case 'ping':
      progress.atMs += pingMs(args);
      return 'done';
    case 'stress':
    case 'stress-ng':
      progress.atMs += stressMs(args);
      return 'done';
    case 'touch':
    case 'rm':
      changeFiles(name, args, progress);
      return 'done';
    case 'cat':
    case 'ls': {
      const isMissing = !args.every((arg) => arg.startsWith('-') || progress.isThere(arg));
      if (isMissing) progress.code = name === 'ls' ? 2 : 1;
      return 'done';
    }
  }
  if (ENDLESS.has(name)) progress.atMs = Infinity;
  else if (!listen(name, args, progress)) return undefined;
  return 'done';
}

export function changeFiles(
  command: 'touch' | 'rm',
  args: readonly string[],
  { plan, atMs }: Progress,
): void {
  for (const path of args.filter((arg) => !arg.startsWith('-'))) {
    const index = plan.files.findIndex((file) => file.path === path && file.toMs === Infinity);
    if (command === 'touch' && index < 0) plan.files.push({ path, fromMs: atMs, toMs: Infinity });
    if (command === 'rm' && index >= 0) plan.files[index] = { ...plan.files[index], toMs: atMs };
  }
}

function pingMs(args: readonly string[]): number {
  const at = args.findIndex((arg) => arg.startsWith('-c'));
  return at < 0 ? Infinity : Number(args[at].slice(2) || args[at + 1]) * 1000 || 0;
}

function stressMs(args: readonly string[]): number {
  const at = args.findIndex((arg) => /^(?:-t|--timeout)$/.test(arg));
  const joined = args.find((arg) => arg.startsWith('--timeout='))?.slice(10);
  return durationMs(joined ?? args[at + 1] ?? '') || Infinity;
}

function listen(name: string, args: readonly string[], progress: Progress): boolean {
  const port = listeningPort(name, args);
  if (port < 0) return false;
  progress.plan.port = port;
  progress.atMs = Infinity;
  return true;
}

function listeningPort(name: string, args: readonly string[]): number {
  const text = args.join(' ');
  if (name.startsWith('python') && /-m (http\.server|SimpleHTTPServer)/.test(text)) {
    return Number(/(?:server|Server) (\d+)/.exec(text)?.[1] ?? 8000);
  }
  const isListening = /(?:^| )(?:-\w*l|--listen)/.test(text);
  if ((name === 'nc' || name === 'ncat') && isListening) {
    return Number(/(?:-p ?|\s)(\d{2,5})(?!\S)/.exec(text)?.[1] ?? 80);
  }
  if (name === 'httpd') return Number(/-p \S*?(\d+)/.exec(text)?.[1] ?? 80);
  if (name === 'nginx') return 80;
  if (name === 'kubectl' && args[0] === 'proxy') {
    return Number(/--port[= ](\d+)/.exec(text)?.[1] ?? 8001);
  }
  return -1;
}
