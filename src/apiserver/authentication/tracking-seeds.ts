// The ConfigMaps by which kube-apiserver tells other programs about authentication: since when it
// tracks the use of old tokens, and whom extension servers may believe.
// Upstream: pkg/controlplane/controller/{legacytokentracking,clusterauthenticationtrust}.
import { configMaps, type ResourceRef } from '../../api/resource-ref';

const NAMESPACE = 'kube-system';

/** As `Extension.seeds` takes them. `certificate`: PEM of the cluster's authority. */
export function trackingSeeds(certificate: string): {
  ref: ResourceRef;
  objects(now: string): readonly { metadata: { name: string; namespace: string }; data: object }[];
} {
  return {
    ref: configMaps as ResourceRef,
    objects: (now) => [
      {
        metadata: {
          name: 'kube-apiserver-legacy-service-account-token-tracking',
          namespace: NAMESPACE,
        },
        data: { since: now.slice(0, 10) },
      },
      {
        metadata: { name: 'extension-apiserver-authentication', namespace: NAMESPACE },
        data: {
          'client-ca-file': certificate,
          'requestheader-allowed-names': '["front-proxy-client"]',
          'requestheader-client-ca-file': certificate,
          'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
          'requestheader-group-headers': '["X-Remote-Group"]',
          'requestheader-username-headers': '["X-Remote-User"]',
        },
      },
    ],
  };
}
