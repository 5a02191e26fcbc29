// The views of the cluster that can stand in the canvas's place: one line each. The cluster view is
// part of the page; the others are fetched when they are first opened.
import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { IconName } from '../theme/icon-paths';
import type { ViewId } from './view-store';

export interface View {
  id: ViewId;
  icon: IconName;
  /** Absent for the cluster view, which is there from the start. */
  Part?: ComponentType;
}

export const VIEWS: readonly View[] = [
  { id: 'cluster', icon: 'tank' },
  { id: 'ownership', icon: 'own', Part: lazy(() => import('../ownership/OwnershipView')) },
  { id: 'scheduler', icon: 'place', Part: lazy(() => import('../scheduler/SchedulerView')) },
];
