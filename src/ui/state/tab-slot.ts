// One tab a kept cluster: a tab that opens one which another tab runs goes on with a copy under a
// name of its own, so that neither writes over the other. The name is kept for the tab's life, and
// a reload finds it again; whoever holds a name holds a Web Lock of it, which ends with the page.

/** How long the page that was in this tab before may take to let go, wall ms. */
const letGoMs = 5_000;
/** How long a name is waited for that this tab never had: another tab has it. */
const foreignMs = 300;

export interface TabSlotDeps {
  /** Takes a name until the page ends; false when another page has it for longer than `waitMs`. */
  take(name: string, waitMs: number): Promise<boolean>;
  /** The tab's own storage; absent where it is forbidden. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  /** Something no other tab says. */
  newId(): string;
}

export interface ClaimedSlot {
  slot: string;
  /** The slot to read from: another one when this is a copy. */
  from: string;
}

export class TabSlots {
  constructor(private readonly deps: TabSlotDeps) {}

  /** The slot under which this tab keeps what the address calls `slot`. */
  held(slot: string): string {
    return this.deps.storage?.getItem(keyOf(slot)) ?? slot;
  }

  /** Takes the slot for this tab, or a new one beside it. */
  async claim(slot: string): Promise<ClaimedSlot> {
    const held = this.held(slot);
    const wasHere = this.deps.storage?.getItem(keyOf(slot)) !== null;
    if (await this.deps.take(held, wasHere ? letGoMs : foreignMs)) {
      this.note(slot, held);
      return { slot: held, from: held };
    }
    const own = `${slot}-${this.deps.newId()}`;
    await this.deps.take(own, foreignMs);
    this.note(slot, own);
    return { slot: own, from: held };
  }

  private note(slot: string, held: string): void {
    try {
      this.deps.storage?.setItem(keyOf(slot), held);
    } catch {
      // Full: a reload may make another copy.
    }
  }
}

function keyOf(slot: string): string {
  return `kubarium.slot.${slot}`;
}

/** The slots of this tab of this browser. */
export function browserTabSlots(): TabSlots {
  return new TabSlots({
    take,
    storage: tabStorage(),
    newId: () => crypto.randomUUID().slice(0, 8),
  });
}

async function take(slot: string, waitMs: number): Promise<boolean> {
  // Absent on pages without HTTPS: all tabs share one slot there.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return true;
  const name = `kubarium.${slot}`;
  const { held = [] } = await locks.query();
  // A busy machine is slow to give even what nobody has.
  const isFree = held.every((lock) => lock.name !== name);
  const signal = AbortSignal.timeout(isFree ? letGoMs : waitMs);
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return new Promise<void>((release) => addEventListener('pagehide', () => release()));
    };
    locks.request(name, { signal }, hold).catch(() => resolve(false));
  });
}

function tabStorage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
