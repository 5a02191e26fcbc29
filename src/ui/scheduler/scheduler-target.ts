// kube-scheduler as what an act is done to.
import type { ActTarget } from '../acts/act';

export const SCHEDULER: ActTarget = { kind: 'Component', namespace: '', name: 'kube-scheduler' };
