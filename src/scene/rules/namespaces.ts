// A namespace that ends takes all that is in it along.
import type { TraceRecord } from '../../sim/trace';
import { linkTo, told, type StoryFamily, type Told } from './rule';

export function namespaceRules(): StoryFamily {
  return {
    table: {
      'kube-controller-manager deletecollection pods': ending,
      'kube-controller-manager update namespaces/finalize': ({ name: namespace }) =>
        told('namespaceGone', { namespace }, linkTo('Namespace', '', namespace)),
    },
  };
}

function ending({ namespace }: TraceRecord): Told {
  return told('namespaceEnding', { namespace }, linkTo('Namespace', '', namespace), 'warn');
}
