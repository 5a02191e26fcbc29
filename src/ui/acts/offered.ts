// Which acts are offered for a target at this moment.
import type { SceneData } from '../state/scene-store';
import type { Act, ActGroup, ActTarget, Offer } from './act';
import { acts } from './registry';

export interface Offered {
  act: Act;
  offer: Offer;
}

export function offeredFor(target: ActTarget, scene: SceneData): Offered[] {
  return acts.flatMap((act) => act.offers(target, scene).map((offer) => ({ act, offer })));
}

/** One act's offer; the first when `offerId` does not say which. */
export function findOffer(
  actId: string,
  target: ActTarget,
  scene: SceneData,
  offerId?: string,
): Offered | undefined {
  const act = acts.find(({ id }) => id === actId);
  const offer = act
    ?.offers(target, scene)
    .find(({ id }) => offerId === undefined || id === offerId);
  return act && offer && { act, offer };
}

const CANVAS: ActTarget = { kind: 'Canvas', namespace: '', name: '' };

/** What a key does to what has the focus. */
export function offerOfKey(key: string, target: ActTarget, scene: SceneData): Offered | undefined {
  for (const act of acts) {
    if (act.key !== key || (act.group === 'programs' && target.kind !== 'Component')) continue;
    const [offer] = act.offers(target, scene);
    if (offer) return { act, offer };
  }
  // What the key means wherever the focus is.
  if (key === 'n') return findOffer('addMachine', CANVAS, scene);
  // Delete takes the power, where there is nothing that kubectl would delete.
  return key === 'Delete' ? findOffer('powerOff', target, scene) : undefined;
}

/** The same, in groups as menus show them. */
export function grouped(offered: readonly Offered[]): [ActGroup, Offered[]][] {
  const groups = new Map<ActGroup, Offered[]>();
  for (const each of offered) {
    const { group } = each.act;
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  return [...groups];
}
