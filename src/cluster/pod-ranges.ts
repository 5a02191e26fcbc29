// The range of pod addresses of each machine, in the order in which machines come.

const ROOM_FOR_NODE = 2;

export class PodRanges {
  /** The range of the whole cluster, as kube-controller-manager's --cluster-cidr. */
  readonly clusterCidr: string;
  private readonly base: number;
  private readonly prefix: number;
  private readonly names: string[] = [];

  constructor(machines: number, maxPods: number) {
    const isSmall = machines <= 250 && maxPods + ROOM_FOR_NODE < 256;
    this.clusterCidr = isSmall ? '10.244.0.0/16' : '10.128.0.0/9';
    this.base = isSmall ? toNumber(10, 244) : toNumber(10, 128);
    this.prefix = 32 - Math.max(8, Math.ceil(Math.log2(maxPods + ROOM_FOR_NODE)));
  }

  /** The machine's range, the same each time it is asked for: '10.244.1.0/24'. */
  of(machine: string): string {
    let index = this.names.indexOf(machine);
    if (index < 0) index = this.names.push(machine) - 1;
    const address = this.base + index * 2 ** (32 - this.prefix);
    const part = (shift: number): number => Math.floor(address / 2 ** shift) % 256;
    return `${part(24)}.${part(16)}.${part(8)}.${part(0)}/${this.prefix}`;
  }
}

function toNumber(first: number, second: number): number {
  return first * 2 ** 24 + second * 2 ** 16;
}
