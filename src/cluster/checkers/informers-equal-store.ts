import { objectKey, type KubeObject } from '../../api/object';
import type { Informer } from '../../client/informer';
import type { Checker } from './checker';

/**
 * At rest, every cache holds exactly what the store holds of what it selects, version by version.
 */
export const informersEqualStore: Checker = {
  name: 'informer equals store',
  when: 'rest',
  start: (cluster) => () => {
    const violations: string[] = [];
    for (const component of cluster.components()) {
      for (const informer of component.eachInformer()) {
        compare(component.options.actor ?? component.options.name, informer, violations);
      }
    }
    return violations;
  },
};

function compare(owner: string, informer: Informer<KubeObject>, violations: string[]): void {
  const stored = new Map(informer.listFromServer().map((object) => [objectKey(object), object]));
  const onTheWay = informer.keysOnTheWay();
  const where = `${owner}'s cache of ${informer.ref.key}`;
  for (const [key, object] of informer.items) {
    const newest = stored.get(key);
    stored.delete(key);
    if (onTheWay.has(key)) continue;
    if (!newest) violations.push(`${where} still has ${key}`);
    else if (newest !== object) violations.push(`${where} has an old ${key}`);
  }
  for (const key of stored.keys()) {
    if (!onTheWay.has(key)) violations.push(`${where} lacks ${key}`);
  }
}
