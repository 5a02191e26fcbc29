// Where the parts of the control plane stand: kube-apiserver at the heart, etcd at its left, those
// that watch it at its right. Boxes are in world pixels.
import type { Box, LayoutKind } from './layout';

export interface ControlPlaneBoxes {
  card: Box;
  apiserver: Box;
  etcd: Box;
  scheduler: Box;
  controllers: Box;
  /** Only where there is one, and room for it. */
  cloud?: Box;
  /** The machine's own pods, as cells; null where there is no room. */
  pods: Box | null;
}

/** What a control plane consists of, as far as it asks for room. */
export interface ControlPlaneParts {
  /** Machines that stand in it as chips; 0 where it is one machine's. */
  masters: number;
  cloud: boolean;
}

/** A machine of a control plane that has several: a chip, with its pods as cells in it. */
export interface MasterPlace {
  box: Box;
  pods: Box | null;
}

/** A frame lower than this has room for the tanks only when all else is one line a thing. */
export const lowFrame = 320;
/** An embed lower than this leaves the machine's own pods out: the tanks need the room. */
const lowEmbed = 420;

/** The boxes of the control plane in a world of this size. */
export function controlPlaneBoxes(
  kind: LayoutKind,
  width: number,
  height: number,
  parts: ControlPlaneParts = { masters: 0, cloud: false },
): ControlPlaneBoxes {
  const boxes = plainBoxes(kind, width, height, parts.cloud);
  if (!hasChips(kind, height, parts.masters)) return boxes;
  // The chips have the pods of their machines in them.
  const { card } = boxes;
  if (kind !== 'wide') {
    const row = chipRows[kind];
    return { ...boxes, card: { ...card, h: row.y + row.h + 8 - card.y }, pods: null };
  }
  const down = chipRows.wide.h + chipGap;
  const lower = (box: Box): Box => ({ ...box, y: box.y + down });
  const { apiserver, cloud } = boxes;
  return {
    card: { ...card, h: card.h + down },
    apiserver: lower(apiserver),
    // Every member has a line; above it the person's wire comes in.
    etcd: { ...boxes.etcd, y: apiserver.y + down + 20, h: apiserver.h - 20 },
    scheduler: lower(boxes.scheduler),
    controllers: lower(boxes.controllers),
    ...(cloud && { cloud: lower(cloud) }),
    pods: null,
  };
}

/** Whether the machines of a control plane of so many are chips in its card rather than tanks. */
export function hasChips(kind: LayoutKind, height: number, masters: number): boolean {
  return masters > 1 && masters <= 7 && (kind !== 'phone' || height >= lowFrame);
}

const chipRows = { wide: { y: 56, h: 52 }, embed: { y: 92, h: 24 }, phone: { y: 123, h: 44 } };
/** Between the chips and what is below them: room for the wires to their kubelets. */
const chipGap = 14;

/** Where the machines of the control plane stand as chips, from left to right. */
export function masterPlaces(
  kind: LayoutKind,
  card: Box,
  names: readonly string[],
): Map<string, MasterPlace> {
  const gap = kind === 'wide' ? 8 : 6;
  const left = kind === 'wide' ? 168 : 10;
  const room = card.w - left - (kind === 'wide' ? 12 : 10);
  const w = Math.floor((room - (names.length - 1) * gap) / Math.max(1, names.length));
  const { y, h } = chipRows[kind];
  return new Map(
    names.map((name, i) => {
      const box = { x: card.x + left + i * (w + gap), y, w, h };
      // Between the name and the state.
      const pods = { x: box.x + 52, y: y + 5, w: w - 52 - 64, h: 18 };
      return [name, { box, pods: kind === 'wide' && pods.w >= 40 ? pods : null }];
    }),
  );
}

function plainBoxes(
  kind: LayoutKind,
  width: number,
  height: number,
  cloud: boolean,
): ControlPlaneBoxes {
  if (kind === 'wide') return wide(width, cloud);
  if (kind === 'embed') return embed(width, height >= lowEmbed);
  return height < lowFrame ? lowPhone(width) : phone(width);
}

function wide(width: number, hasCloud: boolean): ControlPlaneBoxes {
  const card = { x: 158, y: 44, w: width - 170, h: 160 };
  // Half of any extra width goes to the API server, up to a point: its request lines profit most.
  const isNarrow = width < 860;
  const apiW = isNarrow
    ? 176
    : Math.max(196, Math.min(300, Math.round(196 + (width - 892) * 0.25)));
  const apiserver = { x: card.x + 168, y: card.y + 12, w: apiW, h: 136 };
  const x = apiserver.x + apiW + (isNarrow ? 28 : 40);
  const w = card.x + card.w - 12 - x;
  const scheduler = { x, y: card.y + 12, w: hasCloud ? Math.floor((w - 8) / 2) : w, h: 46 };
  const cloudX = scheduler.x + scheduler.w + 8;
  return {
    card,
    apiserver,
    etcd: { x: card.x + 12, y: card.y + 84, w: 126, h: 64 },
    scheduler,
    controllers: { x, y: card.y + 66, w, h: 82 },
    ...(hasCloud && { cloud: { ...scheduler, x: cloudX, w: x + w - cloudX } }),
    pods: { x: card.x + 14, y: card.y + 42, w: 126, h: 22 },
  };
}

function embed(width: number, hasPods: boolean): ControlPlaneBoxes {
  const card = { x: 12, y: 10, w: width - 24, h: hasPods ? 110 : 88 };
  const roomy = width >= 700;
  const etcd = { x: 24, y: 22, w: roomy ? 116 : 96, h: 64 };
  const apiserver = { x: etcd.x + etcd.w + (roomy ? 46 : 28), y: 22, w: roomy ? 190 : 168, h: 64 };
  const x = apiserver.x + apiserver.w + (roomy ? 44 : 28);
  const w = card.x + card.w - 12 - x;
  return {
    card,
    apiserver,
    etcd,
    scheduler: { x, y: 22, w, h: 28 },
    controllers: { x, y: 56, w, h: 30 },
    pods: hasPods ? { x: 24, y: 94, w: card.w - 24, h: 18 } : null,
  };
}

function phone(width: number): ControlPlaneBoxes {
  const card = { x: 12, y: 10, w: width - 24, h: 136 };
  const narrow = width < 360;
  const etcdW = narrow ? 66 : 78;
  const schedulerW = narrow ? 80 : 102;
  const gap = narrow ? 6 : 10;
  const apiX = card.x + 10 + etcdW + gap;
  const schedulerX = card.x + card.w - 10 - schedulerW;
  return {
    card,
    apiserver: { x: apiX, y: 22, w: schedulerX - gap - apiX, h: 44 },
    etcd: { x: card.x + 10, y: 22, w: etcdW, h: 44 },
    scheduler: { x: schedulerX, y: 22, w: schedulerW, h: 44 },
    controllers: { x: card.x + 10, y: 72, w: card.w - 20, h: 48 },
    pods: { x: card.x + 12, y: 121, w: card.w - 24, h: 18 },
  };
}

/** One row and a line: neither chips nor the machine's own pods. */
function lowPhone(width: number): ControlPlaneBoxes {
  const boxes = phone(width);
  const raise = (box: Box, by: number, h: number) => ({ ...box, y: box.y - by, h });
  return {
    card: raise(boxes.card, 6, 76),
    apiserver: raise(boxes.apiserver, 12, 42),
    etcd: raise(boxes.etcd, 12, 42),
    scheduler: raise(boxes.scheduler, 12, 42),
    controllers: raise(boxes.controllers, 18, 22),
    pods: null,
  };
}
