// Numbers as the canvas writes them: short, tabular, in the units of Kubernetes.

const gib = 1024 ** 3;
const mib = 1024 ** 2;

/** Millicores as cores: 1450 is '1.45', 2000 is '2'. */
export function cores(millicores: number): string {
  return trim(millicores / 1000, 2);
}

/** '1.45/2' */
export function cpuShare(cpu: { requested: number; allocatable: number }): string {
  return `${cores(cpu.requested)}/${cores(cpu.allocatable)}`;
}

/** '2.4/4Gi'; both in the unit of the larger. */
export function memoryShare(memory: { requested: number; allocatable: number }): string {
  const [unit, name] = memory.allocatable >= gib ? [gib, 'Gi'] : [mib, 'Mi'];
  const digits = unit === gib ? 1 : 0;
  const requested = trim(memory.requested / unit, digits);
  return `${requested}/${trim(memory.allocatable / unit, digits)}${name}`;
}

/** '2 CPU · 4 GiB' */
export function capacity(cpuMillicores: number, memoryBytes: number): string {
  return `${trim(cpuMillicores / 1000, 1)} CPU · ${trim(memoryBytes / gib, 1)} GiB`;
}

/** Bytes as '3.1 MB' */
export function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${trim(bytes / 1e6, 1)} MB`;
}

/** 1284 as '1 284', with a narrow space. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A span as people say it: '4 s', '54 s', '3 m', '2 h'. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} m`;
  return `${Math.floor(seconds / 3600)} h`;
}

/** Requested over allocatable, 0 to 1; 0 where nothing can be allocated. */
export function ratio(share: { requested: number; allocatable: number }): number {
  if (share.allocatable <= 0) return 0;
  return Math.max(0, Math.min(1, share.requested / share.allocatable));
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
