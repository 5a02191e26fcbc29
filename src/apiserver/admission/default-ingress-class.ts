// DefaultIngressClass: an Ingress that names no class gets the newest of those marked as default.
// Upstream: plugin/pkg/admission/network/defaultingressclass/admission.go.
import { ingressClasses, ingresses } from '../../api/extension-refs';
import type { Ingress, IngressClass } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { parseTime } from '../../api/time';
import type { AdmissionRequest, AdmissionStep } from './chain';

const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';
const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

export const defaultIngressClass: AdmissionStep = {
  name: 'DefaultIngressClass',
  operations: ['CREATE'],
  resources: [ingresses.key],
  admit(object: KubeObject, { store }: AdmissionRequest): KubeObject {
    const ingress = object as Ingress;
    const { annotations } = ingress.metadata;
    if (ingress.spec.ingressClassName != null || annotations?.[OLD_ANNOTATION]) return ingress;
    const [newest] = (store.list(ingressClasses.key) as IngressClass[])
      .filter(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true')
      .sort(newestFirst);
    if (newest) ingress.spec.ingressClassName = newest.metadata.name;
    return ingress;
  },
};

function newestFirst({ metadata: a }: IngressClass, { metadata: b }: IngressClass): number {
  const later = parseTime(b.creationTimestamp) - parseTime(a.creationTimestamp);
  return later || (a.name < b.name ? -1 : 1);
}
