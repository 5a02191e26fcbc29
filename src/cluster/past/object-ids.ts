// A small number for every object that a history tells of, by its table, namespace and name: so
// that the state of a moment is an array, and a write is two numbers.
import type { KubeObject } from '../../api/object';

type ByName = Map<string, number>;

export class ObjectIds {
  /** Ids of each table, in the order in which its objects were first seen. */
  readonly byTable = new Map<string, number[]>();
  private readonly known = new Map<string, Map<string, ByName>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The id of that object, a new one when it was never seen. */
  idOf(table: string, { metadata }: KubeObject): number {
    const { namespace = '', name } = metadata;
    let namespaces = this.known.get(table);
    if (!namespaces) {
      this.known.set(table, (namespaces = new Map<string, ByName>()));
      this.byTable.set(table, []);
    }
    let names = namespaces.get(namespace);
    if (!names) namespaces.set(namespace, (names = new Map<string, number>()));
    let id = names.get(name);
    if (id === undefined) {
      id = this.count++;
      names.set(name, id);
      this.byTable.get(table)!.push(id);
    }
    return id;
  }
}
