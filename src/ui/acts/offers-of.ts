// Acts for the page's other menus.
import type { ReactNode } from 'react';
import type { IconName } from '../theme/icon-paths';
import { sceneStore } from '../state/scene-store';
import type { ActTarget } from './act';
import { offeredFor } from './offered';

export interface OfferedItem {
  id: string;
  name: ReactNode;
  about?: string;
  icon: IconName;
  grave?: boolean;
  /** For `ClusterActions.act`. */
  act: string;
  offer: string;
}

/** What can be done with a target now. */
export function offersOf(target: ActTarget): OfferedItem[] {
  return offeredFor(target, sceneStore.getState()).map(({ act, offer }) => ({
    id: `${act.id} ${offer.id}`,
    name: offer.name,
    ...(offer.about && { about: offer.about }),
    icon: act.icon,
    ...(act.grave && { grave: true }),
    act: act.id,
    offer: offer.id,
  }));
}
