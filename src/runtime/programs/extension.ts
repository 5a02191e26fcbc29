// The programs of images that act in the cluster, one line each.
import type { PodProgram } from '../program-host';
import { haproxyIngress, ingressNginx, traefikIngress } from './ingress-flavours';
import { webhookCertgen } from './webhook-certgen';

export const podPrograms: readonly PodProgram[] = [
  ingressNginx,
  traefikIngress,
  haproxyIngress,
  webhookCertgen,
];
