import { serviceAccounts } from '../../api/resource-ref';
import { forbidden } from '../../api/status-error';
import type { Container, Pod, PodSpec, ServiceAccount, Volume } from '../../api/types';
import { spokenName } from '../metadata';
import type { AdmissionRequest, AdmissionStep } from './chain';

const TOKEN_MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The projected volume that carries token, CA and namespace: the same for all pods, so shared. */
const TOKEN_SOURCES = Object.freeze({
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    {
      configMap: {
        name: 'kube-root-ca.crt',
        items: [{ key: 'ca.crt', path: 'ca.crt' }],
      },
    },
    {
      downwardAPI: {
        items: [
          { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
        ],
      },
    },
  ],
  defaultMode: 420,
});

/** Gives each pod a service account, and mounts its token unless that is declined. */
export const serviceAccount: AdmissionStep = {
  name: 'ServiceAccount',
  operations: ['CREATE'],
  resources: ['pods'],
  admit(object, request) {
    const pod = object as Pod;
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return pod;
    const account = accountOf(pod, request);
    const spec = pod.spec;
    spec.serviceAccountName ||= account.metadata.name;
    spec.serviceAccount = spec.serviceAccountName;
    if (account.imagePullSecrets && !spec.imagePullSecrets?.length) {
      spec.imagePullSecrets = account.imagePullSecrets;
    }
    const wanted =
      spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (wanted) mountToken(spec, request);
    return pod;
  },
};

function accountOf(pod: Pod, { store, namespace }: AdmissionRequest): ServiceAccount {
  const name = pod.spec.serviceAccountName || 'default';
  const account = store.get(serviceAccounts.key, namespace, name);
  if (account) return account as ServiceAccount;
  const why =
    `error looking up service account ${namespace}/${name}: ` +
    `serviceaccount "${name}" not found`;
  throw forbidden({ group: '', resource: 'pods' }, spokenName(pod.metadata), why);
}

function mountToken(spec: PodSpec, { random }: AdmissionRequest): void {
  const name = 'kube-api-access-' + random.nameSuffix();
  const mount = { name, readOnly: true, mountPath: TOKEN_MOUNT_PATH };
  let mounted = false;
  const withMount = (container: Container): Container => {
    const mounts = container.volumeMounts;
    if (mounts?.some(({ mountPath }) => mountPath === TOKEN_MOUNT_PATH)) return container;
    mounted = true;
    return { ...container, volumeMounts: mounts ? [...mounts, mount] : [mount] };
  };
  // Admission comes before validation: a pod may have no containers yet.
  if (spec.containers) spec.containers = spec.containers.map(withMount);
  if (spec.initContainers) spec.initContainers = spec.initContainers.map(withMount);
  if (!mounted) return;
  const volume = { name, projected: TOKEN_SOURCES } as Volume;
  spec.volumes = spec.volumes ? [...spec.volumes, volume] : [volume];
}
