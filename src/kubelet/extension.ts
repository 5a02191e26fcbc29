// What kubelets get with the extension.
import type { KubeletExtension } from './kubelet';
import { startPodChanges } from './running-pods';
import { forbiddenSysctl } from './sysctls';
import { startTroubles } from './troubles/troubles';
import { startVolumes } from './volumes/claim-volumes';

export const kubeletExtension: KubeletExtension = {
  startVolumes,
  startPodChanges,
  startTroubles,
  refuse: forbiddenSysctl,
};
