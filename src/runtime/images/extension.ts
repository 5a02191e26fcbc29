// Images that a first picture can do without: what comes with flavours of clusters, and controllers
// that people install.
import { job, server, type ContainerProcess } from '../container-process';
import type { ImageDefinition } from '../image-definition';
import { moreImages } from './more-images';
import { traefik } from './traefik';

/** Of a version, or of a day. */
const ANY_VERSION = { versions: ['0..99999999'], hasBuilds: true };

function image(
  name: string,
  sizeBytes: number,
  process: ContainerProcess,
  more: Partial<ImageDefinition> = {},
): ImageDefinition {
  return { name, tags: ANY_VERSION, sizeBytes, process, ...more };
}

const INGRESS_NGINX = server([80, 443, 8443, 10254], 1_500, { program: 'ingress-nginx' });
const TRAEFIK = server([80, 443, 8000, 8080, 8443, 9000, 9100], 800, { program: 'traefik' });
const HAPROXY = server([80, 443, 1024, 1042, 6060, 8080, 8443], 1_000, {
  program: 'haproxy-ingress',
});
const CERTGEN = job(900, 0, { program: 'kube-webhook-certgen' });

export const imageExtension: readonly ImageDefinition[] = [
  ...moreImages,
  image(
    'registry.k8s.io/cloud-controller-manager',
    16_900_000,
    server([10258], 500, { program: 'cloud-controller-manager' }),
    { base: 'distroless', executables: ['cloud-controller-manager'] },
  ),

  image('registry.k8s.io/ingress-nginx/controller', 112_000_000, INGRESS_NGINX, {
    base: 'alpine',
    executables: ['/nginx-ingress-controller'],
  }),
  image('registry.k8s.io/ingress-nginx/kube-webhook-certgen', 22_000_000, CERTGEN),
  { ...traefik, process: TRAEFIK },
  image('docker.io/rancher/mirrored-library-traefik', 47_000_000, TRAEFIK, { base: 'alpine' }),
  image('docker.io/haproxytech/kubernetes-ingress', 76_000_000, HAPROXY, { base: 'alpine' }),

  image('docker.io/rancher/klipper-lb', 5_000_000, server([], 50, { onTerminate: undefined }), {
    base: 'alpine',
  }),
  image('docker.io/rancher/klipper-helm', 64_000_000, job(3_000, 0, { program: 'klipper-helm' }), {
    base: 'alpine',
    tags: { ...ANY_VERSION, variants: ['build'] },
  }),
  image('docker.io/rancher/local-path-provisioner', 17_000_000, server([], 300)),
  image('docker.io/rancher/mirrored-metrics-server', 19_000_000, server([10250], 1_000)),
  image('registry.k8s.io/metrics-server/metrics-server', 19_000_000, server([10250, 4443], 1_000)),
  image('docker.io/kindest/local-path-provisioner', 20_000_000, server([], 300), {
    tags: { ...ANY_VERSION, variants: ['dc', 'acbabc1a'] },
  }),
  image('docker.io/kindest/kindnetd', 36_000_000, server([], 300), {
    tags: { ...ANY_VERSION, variants: ['df8de77b', 'acbabc1a'] },
  }),
  image('gcr.io/k8s-minikube/storage-provisioner', 9_000_000, server([], 300), {
    base: 'distroless',
  }),
];
