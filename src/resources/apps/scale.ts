import type { SubresourceDetail } from '../definition';

/** What discovery says of the subresource `scale` of every kind that has one. */
export const SCALE: SubresourceDetail = Object.freeze({
  kind: 'Scale',
  group: 'autoscaling',
  version: 'v1',
});
