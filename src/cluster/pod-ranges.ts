// The range of pod addresses of each machine, in the order in which machines come.

const ROOM_FOR_NODE = 2;

export class PodRanges {
  /** The range of the whole cluster, as kube-controller-manager's --cluster-cidr. */
  readonly clusterCidr: string;
  private readonly base: number;
  private readonly prefix: number;
  private readonly places = new Map<string, number>();

  constructor(machines: number, maxPods: number, smallPrefix = '10.244') {
    const isSmall = machines <= 250 && maxPods + ROOM_FOR_NODE < 256;
    const [first, second] = isSmall ? smallPrefix.split('.') : ['10', '128'];
    this.clusterCidr = `${first}.${second}.0.0/${isSmall ? 16 : 9}`;
    this.base = toNumber(Number(first), Number(second));
    this.prefix = 32 - Math.max(8, Math.ceil(Math.log2(maxPods + ROOM_FOR_NODE)));
  }

  /** The machine's range, the same each time it is asked for: '10.244.1.0/24'. */
  of(machine: string): string {
    let index = this.places.get(machine);
    if (index === undefined) this.places.set(machine, (index = this.places.size));
    const address = this.base + index * 2 ** (32 - this.prefix);
    const part = (shift: number): number => Math.floor(address / 2 ** shift) % 256;
    return `${part(24)}.${part(16)}.${part(8)}.${part(0)}/${this.prefix}`;
  }
}

function toNumber(first: number, second: number): number {
  return first * 2 ** 24 + second * 2 ** 16;
}
