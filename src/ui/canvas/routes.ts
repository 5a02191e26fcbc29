// The wires: every message travels between kube-apiserver and one other place, so a wire is named
// by that place and runs from kube-apiserver outwards. Control comes from above, down to the
// kubelet on the rim of its tank.
import type { ScenePlace } from '../../scene/scene';
import { makeCurve, straight, type Curve, type Piece, type Point } from './curve';
import type { Box, CanvasLayout } from './layout';

export type Routes = ReadonlyMap<ScenePlace, Curve>;

/** All wires of a layout. */
export function layoutRoutes(layout: CanvasLayout): Routes {
  const routes = new Map<ScenePlace, Curve>();
  const { apiserver, etcd, scheduler, controllers, cloud } = layout.controlPlane;
  routes.set('you', youRoute(layout));
  routes.set('etcd', across(apiserver, etcd));
  routes.set('kube-scheduler', across(apiserver, scheduler));
  routes.set('kube-controller-manager', across(apiserver, controllers));
  if (cloud) routes.set('cloud-controller-manager', cloudRoute(apiserver, scheduler, cloud));
  if (layout.kind === 'wide') {
    for (const [name, { box }] of layout.masters) {
      routes.set(`node:${name}`, chipRoute(apiserver, box));
    }
  }
  let i = 0;
  for (const [name, tank] of layout.tanks) {
    routes.set(`node:${name}`, tankRoute(layout, tank, i));
    i++;
  }
  return routes;
}

function youRoute(layout: CanvasLayout): Curve {
  const { apiserver, card, pods } = layout.controlPlane;
  const you = layout.you;
  if (!you) {
    // The person stands outside an embed: requests come in over its upper edge.
    const x = apiserver.x + apiserver.w / 2;
    return makeCurve([x, apiserver.y], [straight([x, apiserver.y], [x, 0])]);
  }
  const many = apiserver.y + 10;
  const y = layout.masters.size > 0 ? many : pods ? pods.y + pods.h + 10 : card.y + 54;
  const from: Point = [apiserver.x, y];
  const bend: Point = [card.x + 18, y];
  const end: Point = [you.x + you.w, you.y + you.h / 2];
  return makeCurve(from, [straight(from, bend), [[card.x - 6, y], [card.x + 4, end[1]], end]]);
}

/** From one box to another at its side; straight at the height of the smaller one. */
function across(from: Box, to: Box): Curve {
  const toRight = to.x >= from.x + from.w;
  const x1 = toRight ? from.x + from.w : from.x;
  const x2 = toRight ? to.x : to.x + to.w;
  if (!toRight && to.x + to.w > from.x) return below(from, to);
  const y = Math.max(from.y + 12, Math.min(from.y + from.h - 12, to.y + to.h / 2));
  return makeCurve([x1, y], [straight([x1, y], [x2, y])]);
}

/** Under the scheduler, and up. */
function cloudRoute(from: Box, scheduler: Box, cloud: Box): Curve {
  const y = scheduler.y + scheduler.h + 4;
  const start: Point = [from.x + from.w, y];
  const turn: Point = [cloud.x + cloud.w / 2, y];
  return makeCurve(start, [straight(start, turn), straight(turn, [turn[0], cloud.y + cloud.h])]);
}

/** Up from the server to the kubelet of a machine of the control plane, in its chip above. */
function chipRoute(from: Box, chip: Box): Curve {
  const middle = chip.x + chip.w / 2;
  const x = Math.max(from.x + 24, Math.min(from.x + from.w - 24, middle));
  const start: Point = [x, from.y];
  const end: Point = [middle, chip.y + chip.h];
  if (x === middle) return makeCurve(start, [straight(start, end)]);
  const y = (from.y + end[1]) / 2;
  const turns: Point[] = [start, [x, y], [middle, y], end];
  return makeCurve(
    start,
    turns.slice(1).map((turn, i) => straight(turns[i]!, turn)),
  );
}

function below(from: Box, to: Box): Curve {
  const x = from.x + from.w / 2;
  const start: Point = [x, from.y + from.h];
  return makeCurve(start, [straight(start, [x, to.y])]);
}

function tankRoute(layout: CanvasLayout, tank: Box, index: number): Curve {
  const { apiserver, card } = layout.controlPlane;
  const column = index % layout.columns;
  const row = Math.floor(index / layout.columns);
  const spread = apiserver.w - 56;
  const share = layout.columns > 1 ? column / (layout.columns - 1) : 0.5;
  // The wires start at the server's lower edge where the card is open below it, else at the card's.
  const open = layout.kind === 'wide';
  const startX = Math.round(apiserver.x + 28 + spread * share);
  const start: Point = [startX, open ? apiserver.y + apiserver.h : card.y + card.h];
  const rim = tank.y - (layout.tankSize === 'micro' ? 0 : 10);
  const end: Point = [tank.x + tank.w / 2, rim];
  if (row === 0) {
    const bend = Math.min(48, (rim - start[1]) * 0.7);
    return makeCurve(start, [[[start[0], start[1] + bend], [end[0], rim - bend], end]]);
  }
  return makeCurve(start, aroundRows(layout, tank, column, start, end));
}

/** To a lower row: down the gutter beside the column, then in to the rim from above. */
function aroundRows(
  layout: CanvasLayout,
  tank: Box,
  column: number,
  start: Point,
  end: Point,
): Piece[] {
  const gap = layout.tankSize === 'micro' ? 8 : 12;
  const toRight = layout.columns > 1 && column < layout.columns - 1;
  const x = toRight ? tank.x + tank.w + gap / 2 : tank.x - gap / 2;
  const top = layout.tanks.values().next().value?.y ?? start[1];
  const bend = Math.min(40, (top - start[1]) * 0.6);
  const enter: Point = [x, top];
  const turn: Point = [x, end[1] - 16];
  return [
    [[start[0], start[1] + bend], [x, top - bend], enter],
    straight(enter, turn),
    [[x, end[1] - 4], [end[0], end[1] - 22], end],
  ];
}
