// The Ingress controllers that people install most, by how each is told what to do.
import { flagOf } from '../program-host';
import { ingressController, type IngressOptions } from './ingress-controller';

/** What most of them do. */
const PLAIN = {
  service: '',
  addresses: [],
  takesClassless: false,
  lease: '',
  periodMs: 0,
  tellsSync: false,
  clearsAtEnd: false,
  answersWebhooks: false,
} as const satisfies Partial<IngressOptions>;

/** Upstream: github.com/kubernetes/ingress-nginx, pkg/flags/flags.go. */
export const ingressNginx = ingressController(
  'ingress-nginx',
  'nginx-ingress-controller',
  (words) => {
    const flag = (name: string): string | undefined => flagOf(words, name);
    const seconds = Number(flag('status-update-interval') ?? 60);
    const publishes = flag('update-status') !== 'false';
    return {
      ...PLAIN,
      controller: flag('controller-class') ?? 'k8s.io/ingress-nginx',
      className: flag('ingress-class') ?? 'nginx',
      takesClassless: flag('watch-ingress-without-class') === 'true',
      service: flag('publish-service') ?? '',
      addresses: listOf(flag('publish-status-address')),
      isInternal: flag('report-node-internal-ip-address') === 'true',
      lease: publishes ? (flag('election-id') ?? 'ingress-controller-leader') : '',
      periodMs: publishes ? Math.max(1, seconds) * 1000 : Infinity,
      tellsSync: true,
      clearsAtEnd: flag('update-status-on-shutdown') !== 'false',
      answersWebhooks: flag('validating-webhook') !== undefined,
    };
  },
);

/** Upstream: github.com/traefik/traefik, pkg/provider/kubernetes/ingress. */
export const traefikIngress = ingressController(
  'traefik',
  'traefik-kubernetes-ingress',
  (words) => {
    const flag = (name: string): string | undefined =>
      flagOf(words, `providers.kubernetesingress.${name}`);
    const className = flag('ingressclass') ?? '';
    const ip = flag('ingressendpoint.ip');
    const hostname = flag('ingressendpoint.hostname');
    const service = flag('ingressendpoint.publishedservice') ?? '';
    return {
      ...PLAIN,
      controller: 'traefik.io/ingress-controller',
      className: className || 'traefik',
      takesClassless: className === '',
      service,
      addresses: [ip, hostname].flatMap((each) => (each ? [each] : [])),
      periodMs: service || ip || hostname ? 0 : Infinity,
    };
  },
);

/** Upstream: github.com/haproxytech/kubernetes-ingress, pkg/utils/flags.go. */
export const haproxyIngress = ingressController(
  'haproxy-ingress',
  'haproxy-ingress-controller',
  (words) => {
    const className = flagOf(words, 'ingress.class') ?? '';
    const service = flagOf(words, 'publish-service') ?? '';
    return {
      ...PLAIN,
      controller: 'haproxy.org/ingress-controller' + (className && `/${className}`),
      className,
      takesClassless: className === '',
      service,
      periodMs: service ? 0 : Infinity,
    };
  },
);

function listOf(text = ''): string[] {
  return text.split(',').flatMap((each) => (each.trim() ? [each.trim()] : []));
}
