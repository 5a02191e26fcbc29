// What a running container uses of CPU and memory, foreseen from its image and its command as its
// process is (container-process.ts): servers little, busy loops all they can get. Steady, the same
// each time. Where the real one differs: nothing runs, so nothing is measured; traffic counts as
// one load for each client that calls in a loop.
import type { Container } from '../api/types';
import { bytes, quantityError } from '../api/quantity';
import { ImageReferenceError, parseImage } from './image-reference';

export interface Load {
  /** Thousandths of a core. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

const MI = 1024 * 1024;
const CORE = 1000;

/** What programs use while nobody asks anything of them, by the image's last name: cpu, MiB. */
const IDLE: Readonly<Record<string, readonly [cpuMilli: number, mebibytes: number]>> = {
  pause: [0, 0.5],
  busybox: [0, 0.6],
  alpine: [0, 0.6],
  debian: [0, 1],
  ubuntu: [0, 1],
  nginx: [0, 6],
  httpd: [1, 9],
  'hpa-example': [1, 11],
  agnhost: [1, 8],
  redis: [2, 5],
  memcached: [1, 4],
  mysql: [5, 440],
  mariadb: [3, 110],
  postgres: [2, 45],
  mongo: [8, 170],
  rabbitmq: [4, 135],
  wordpress: [1, 48],
  traefik: [1, 32],
  python: [1, 14],
  node: [1, 38],
  coredns: [2, 15],
  etcd: [24, 52],
  'kube-apiserver': [52, 260],
  'kube-controller-manager': [17, 54],
  'kube-scheduler': [5, 24],
  'kube-proxy': [1, 16],
  'metrics-server': [3, 20],
};
const OTHERS: readonly [number, number] = [1, 16];

/** What the container uses by itself, whoever asks it anything. */
export function ownLoad(container: Container): Load {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const [idleMilli, mebibytes] = IDLE[imageName(container)] ?? OTHERS;
  const stressed = stressOf(words);
  const busyMilli = Math.max(stressed.cpuMilli, isBusyLoop(words.join(' ')) ? CORE : 0);
  const calls = calledHosts(container).length > 0 ? CALLER_MILLI : 0;
  return {
    cpuMilli: Math.max(idleMilli, busyMilli, calls),
    memoryBytes: Math.max(mebibytes * MI, stressed.memoryBytes),
  };
}

const CALLER_MILLI = 8;
/** What one client that calls in a loop costs whoever answers. */
const ANSWERING_MILLI: Readonly<Record<string, number>> = { 'hpa-example': 620 };
const ANSWERING_OTHERS_MILLI = 12;

/** CPU that answering one such client takes, however many containers share it. */
export function answeringMilli(container: Container): number {
  return ANSWERING_MILLI[imageName(container)] ?? ANSWERING_OTHERS_MILLI;
}

/** Loops that have none within them, with what they do. */
const LOOP = /\bdo\b((?:(?!\bdo\b)[\s\S])*?)\bdone\b/g;
const CALL = /\b(?:wget|curl|ab|hey|siege|wrk)\b[^;|&\n]*?(?:https?:\/\/)([A-Za-z0-9.-]+)/g;

/** The hosts that the container calls again and again. */
export function calledHosts({ command = [], args = [] }: Container): string[] {
  const script = [...command, ...args].join(' ');
  const hosts = new Set<string>();
  for (const [, body] of script.matchAll(LOOP)) {
    for (const [, host] of body.matchAll(CALL)) hosts.add(host);
  }
  return [...hosts];
}

/** True when it takes more memory than it may have: the kernel ends it. */
export function outgrowsLimit({ command = [], args = [], resources }: Container): boolean {
  const limit = resources?.limits?.memory;
  if (limit === undefined || command.length + args.length === 0) return false;
  const words = [...command, ...args];
  const isEndless = /\btail \/dev\/zero\b/.test(words.join(' '));
  return isEndless || stressOf(words).memoryBytes > bytes(limit);
}

/** A container may use no more than its limits. */
export function withinLimits({ cpuMilli, memoryBytes }: Load, { resources }: Container): Load {
  const { cpu, memory } = resources?.limits ?? {};
  return {
    cpuMilli: Math.min(cpuMilli, cpu === undefined ? Infinity : coresOf(cpu) * CORE),
    memoryBytes: Math.min(memoryBytes, memory === undefined ? Infinity : bytes(memory)),
  };
}

function coresOf(quantity: string | number): number {
  const text = String(quantity);
  return text.endsWith('m') ? Number(text.slice(0, -1)) / CORE : Number(text);
}

function imageName({ image = '' }: Container): string {
  try {
    return parseImage(image).name.replace(/^.*\//, '');
  } catch (error) {
    if (error instanceof ImageReferenceError) return '';
    throw error;
  }
}

const ENDLESS = [
  /\byes\b/,
  /\bopenssl speed\b/,
  /\b(?:md5|sha\d*)sum \/dev\/\S+/,
  /\bdd if=\/dev\/(?:zero|urandom) of=\/dev\/null/,
  /\bcat \/dev\/(?:zero|urandom)\b/,
];
/** What takes no time, so that a loop of nothing else never rests. */
const RESTLESS = /^(?::|true|echo|printf|let|expr|\(\(|\[|test|\w+=|if|then|else|fi|i\+\+)/;

function isBusyLoop(script: string): boolean {
  if (ENDLESS.some((pattern) => pattern.test(script))) return true;
  for (const [, body] of script.matchAll(LOOP)) {
    const commands = body.split(/[;\n&|]+/).map((command) => command.trim());
    const acting = commands.filter(Boolean);
    if (acting.length > 0 && acting.every((command) => RESTLESS.test(command))) return true;
  }
  return /\bwhile \(?(?:true|1)\)?\s*(?::|\{\s*\})|for\s*\(;;\)/.test(script);
}

/** The tools that documentation and courses burn CPU and memory with. */
function stressOf(words: readonly string[]): Load {
  const text = words.join(' ');
  const cores = Number(/(?:^|\s)-(?:-cpu|c|cpus)[= ]"?(\d+)/.exec(text)?.[1] ?? 0);
  const size = /-(?:-vm-bytes|mem-total)[= ]"?(\d+(?:\.\d+)?[KMGkmg]?i?)/.exec(text)?.[1];
  const isStress = /\bstress(?:-ng)?\b|-cpus\b|-mem-total\b/.test(text);
  if (!isStress) return { cpuMilli: 0, memoryBytes: 0 };
  const quantity = size?.replace(/([KMG])$/i, (unit) => unit.toUpperCase() + 'i') ?? '0';
  const memoryBytes = quantityError(quantity) ? 0 : bytes(quantity);
  const works = /--vm\b/.test(text) ? CORE : 0;
  return { cpuMilli: Math.max(cores * CORE, works), memoryBytes };
}
