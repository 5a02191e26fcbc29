// Devices are not simulated yet; but where the real plugin looks for claims to give back it finds
// none, and says so in the message of every pod that fits nowhere.
// Upstream: pkg/scheduler/framework/plugins/dynamicresources.
import type { Plugin } from '../framework';

export function dynamicResources(): Plugin {
  return {
    name: 'DynamicResources',
    postFilter: () => ({
      isHelped: false,
      message: 'no new claims to deallocate',
      nominatedNode: undefined,
    }),
  };
}
