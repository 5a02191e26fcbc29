// The admission plugins that come with the extension; the chain knows their places.
import type { AdmissionStep } from './chain';

export const admissionExtension: readonly AdmissionStep[] = [];
