// The admission plugins that come with the extension; the chain knows their places.
import type { AdmissionStep } from './chain';
import { defaultIngressClass } from './default-ingress-class';

export const admissionExtension: readonly AdmissionStep[] = [defaultIngressClass];
