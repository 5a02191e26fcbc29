// The hops on the way from what a person applies to a running pod, as data: what is said, what is
// lit, and the moment at which the cluster was so.
import type { ApiStage } from '../../canvas/api-stages';

export type HopKind =
  | 'sent'
  | 'authn'
  | 'authz'
  | 'admission'
  | 'validation'
  | 'stored'
  | 'refused'
  | 'controllerTold'
  | 'due'
  | 'jobMade'
  | 'replicaSetMade'
  | 'claimMade'
  | 'podMade'
  | 'podRefused'
  | 'schedulerTold'
  | 'gated'
  | 'filtered'
  | 'scored'
  | 'bound'
  | 'noNode'
  | 'kubeletTold'
  | 'pulls'
  | 'imageThere'
  | 'started'
  | 'probed'
  | 'ready'
  | 'failed'
  | 'endpoints'
  | 'done'
  | 'stays'
  | 'noPod'
  | 'noJob'
  | 'gone';

/** Parts of a hop's sentence; each has those that its words use. */
export interface HopParts {
  kind?: string;
  name?: string;
  owner?: string;
  pod?: string;
  /** Of the pod, where what is lit is none. */
  namespace?: string;
  node?: string;
  service?: string;
  code?: number;
  reason?: string;
  ready?: number;
  total?: number;
}

/** What is lit on the canvas. */
export interface HopPlace {
  kind: string;
  namespace: string;
  name: string;
  stage?: ApiStage;
}

export interface Hop {
  kind: HopKind;
  parts: HopParts;
  place: HopPlace;
  /** Virtual time at which the cluster was as the hop says. */
  atMs: number;
}

const ENDS: ReadonlySet<HopKind> = new Set<HopKind>([
  'refused',
  'done',
  'stays',
  'noPod',
  'noJob',
  'gone',
]);

/** Whether nothing follows after a hop. */
export function isEnd(hop: Hop | undefined): boolean {
  return hop !== undefined && ENDS.has(hop.kind);
}
