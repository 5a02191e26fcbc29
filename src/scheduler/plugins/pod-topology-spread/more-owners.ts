// Tells the system's default spreading of the owners that come with the extension.
// Upstream: pkg/scheduler/framework/plugins/helper/spread.go (DefaultSelector).
import { replicationControllers, statefulSets } from '../../../api/extension-refs';
import { selectorFromLabels, selectorFromLabelSelector } from '../../../api/label-selector';
import type { Handle, Plugin } from '../../framework';

/** Has no extension point of its own. */
export function moreSpreadOwners({ spreadSelectors }: Handle): Plugin {
  spreadSelectors.addOwners(replicationControllers, ({ spec }) =>
    selectorFromLabels(spec.selector),
  );
  spreadSelectors.addOwners(statefulSets, ({ spec }) => selectorFromLabelSelector(spec.selector));
  return { name: 'MoreSpreadOwners' };
}
