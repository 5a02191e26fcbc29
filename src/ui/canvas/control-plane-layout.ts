// Where the parts of the control plane stand: kube-apiserver at the heart, etcd at its left, those
// that watch it at its right. Boxes are in world pixels.
import type { Box, LayoutKind } from './layout';

export interface ControlPlaneBoxes {
  card: Box;
  apiserver: Box;
  etcd: Box;
  scheduler: Box;
  controllers: Box;
  /** The machine's own pods, as cells; null where there is no room. */
  pods: Box | null;
}

/** A frame lower than this has room for the tanks only when all else is one line a thing. */
export const lowFrame = 320;
/** An embed lower than this leaves the machine's own pods out. */
const lowEmbed = 340;

/** The boxes of the control plane in a world of this size. */
export function controlPlaneBoxes(
  kind: LayoutKind,
  width: number,
  height: number,
): ControlPlaneBoxes {
  if (kind === 'wide') return wide(width);
  if (kind === 'embed') return embed(width, height >= lowEmbed);
  return height < lowFrame ? lowPhone(width) : phone(width);
}

function wide(width: number): ControlPlaneBoxes {
  const card = { x: 158, y: 44, w: width - 170, h: 160 };
  // Half of any extra width goes to the API server, up to a point: its request lines profit most.
  const apiW = Math.max(196, Math.min(300, Math.round(196 + (width - 892) * 0.25)));
  const apiserver = { x: card.x + 168, y: card.y + 12, w: apiW, h: 136 };
  const x = apiserver.x + apiW + 40;
  const w = card.x + card.w - 12 - x;
  return {
    card,
    apiserver,
    etcd: { x: card.x + 12, y: card.y + 84, w: 126, h: 64 },
    scheduler: { x, y: card.y + 12, w, h: 46 },
    controllers: { x, y: card.y + 66, w, h: 82 },
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
