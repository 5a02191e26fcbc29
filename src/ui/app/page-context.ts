// What every part of the page may reach: the session, the acts on the cluster, and where things
// open.
import { createContext, useContext } from 'react';
import type { ClusterActions } from '../state/actions';
import type { Session } from '../state/session';

export interface Page {
  session: Session;
  actions: ClusterActions;
  embed: boolean;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage needs a PageContext above it');
  return page;
}
