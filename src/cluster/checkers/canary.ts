import { pods } from '../../api/resource-ref';
import type { Checker } from './checker';

/** Claims that no pod is ever made, which is false: a run that does not catch it proves nothing. */
export const canary: Checker = {
  name: 'canary: there are no pods',
  when: 'rest',
  start:
    ({ store }) =>
    () =>
      store.count(pods.key) > 0 ? [`there are ${store.count(pods.key)} pods`] : [],
};
