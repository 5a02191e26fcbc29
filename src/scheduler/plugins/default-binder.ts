// Binds the pod through the API.
// Upstream: pkg/scheduler/framework/plugins/defaultbinder.
import type { Handle, Plugin } from '../framework';

export function defaultBinder({ component }: Handle): Plugin {
  return {
    name: 'DefaultBinder',
    bind({ metadata }, nodeName) {
      component.client.bind(metadata.namespace!, metadata.name, metadata.uid, nodeName);
    },
  };
}
