// The programs of images that act in the cluster, one line each.
import { traefikChart, traefikCrdChart } from '../charts/traefik';
import type { PodProgram } from '../program-host';
import { helmInstall } from './helm-install';
import { haproxyIngress, ingressNginx, traefikIngress } from './ingress-flavours';
import { webhookCertgen } from './webhook-certgen';

export const podPrograms: readonly PodProgram[] = [
  ingressNginx,
  traefikIngress,
  haproxyIngress,
  webhookCertgen,
  helmInstall({ traefik: traefikChart, 'traefik-crd': traefikCrdChart }),
];
