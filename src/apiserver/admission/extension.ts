// The admission plugins that come with the extension; the chain knows their places.
import type { AdmissionStep } from './chain';
import { defaultIngressClass } from './default-ingress-class';
import { limitRanger } from './limit-ranger';
import { resourceQuota } from './resource-quota';

export const admissionExtension: readonly AdmissionStep[] = [
  limitRanger,
  defaultIngressClass,
  resourceQuota,
];
