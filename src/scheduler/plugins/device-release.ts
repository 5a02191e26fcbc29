// What DynamicResources has to say on a pod that fits nowhere: whether devices were given up for
// it. The rest of that plugin comes with the extension; without it there is nothing to give up.
// Upstream: PostFilter in pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go.
import type { Handle, Plugin } from '../framework';

export function deviceRelease(handle: Handle): Plugin {
  return {
    name: 'DynamicResources',
    postFilter: ({ queued }) => ({
      isHelped: false,
      message: handle.deallocate(queued.pod),
      nominatedNode: undefined,
    }),
  };
}
