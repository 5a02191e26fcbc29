// A binding, as the scheduler itself sends it.
import type { Offer } from '../../acts/act';
import { quoted } from '../../acts/quoted';
import { create } from '../../acts/requests';
import { words } from './words';

/** '/api/v1/namespaces/default/pods/train-0/binding' of 'default/train-0'. */
export function bindingPath(key: string): string {
  const [namespace = '', name = ''] = key.split('/');
  return `/api/v1/namespaces/${namespace}/pods/${name}/binding`;
}

/** Binds a pod to a node, whether it fits or not. */
export function bindOffer(key: string, node: string): Offer {
  const [namespace = '', name = ''] = key.split('/');
  const binding = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name, namespace },
    target: { apiVersion: 'v1', kind: 'Node', name: node },
  };
  const path = bindingPath(key);
  return {
    id: `bind ${key}`,
    name: words.bind(name, node),
    plan: () => ({
      command: `echo ${quoted(JSON.stringify(binding))} | kubectl create --raw ${path} -f -`,
      run: async ({ request }) => {
        await create(request, path, binding);
        return `pod/${name} bound to ${node}`;
      },
    }),
  };
}
