// Pods of a test's namespace: made, and waited for.
import { list, text, until, type Item, type Place } from './framework';

export const podsOf = ({ api, namespace }: Place) => api.core('pods', namespace);

export const pod = (
  name: string,
  containers: object[],
  more: object = {},
  labels = {},
): object => ({ metadata: { name, labels }, spec: { containers, ...more } });

/** Whether the status of an object says so. */
export const isTrue = (object: Item, type: string): boolean =>
  list(object.status.conditions).some(
    (one) => text(one.type) === type && text(one.status) === 'True',
  );

export function phase(place: Place, name: string, wanted: string): Promise<Item> {
  return until(`${name} to be ${wanted}`, async () => {
    const object = await podsOf(place).get(name);
    return text(object.status.phase) === wanted && object;
  });
}

export function ready(place: Place, name: string): Promise<Item> {
  return until(`${name} to be ready`, async () => {
    const object = await podsOf(place).get(name);
    return isTrue(object, 'Ready') && object;
  });
}
