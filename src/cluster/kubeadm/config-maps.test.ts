import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { decodeBase64 } from '../../api/base64';
import { ask, must, openCluster } from '../../testing/access';

const cluster = openCluster('kubeadm');

interface Shown {
  data: Record<string, string>;
  metadata: { annotations?: Record<string, string>; managedFields: { manager: string }[] };
}

function configMap(name: string, namespace = 'kube-system'): Shown {
  return must<Shown>(cluster, 'GET', `/api/v1/namespaces/${namespace}/configmaps/${name}`);
}

test('kubeadm keeps what it was told', () => {
  const { data, metadata } = configMap('kubeadm-config');
  expect(parse(data.ClusterConfiguration)).toMatchObject({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    kubernetesVersion: 'v1.36.0',
    networking: {
      dnsDomain: 'cluster.local',
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/12',
    },
  });
  expect(metadata.managedFields.map(({ manager }) => manager)).toEqual(['kubeadm']);
});

test.each([
  ['kubelet-config', 'kubelet', 'KubeletConfiguration'],
  ['kube-proxy', 'config.conf', 'KubeProxyConfiguration'],
])('%s is signed', (name, key, kind) => {
  const { data, metadata } = configMap(name);
  expect(parse(data[key])).toMatchObject({ kind });
  const hash = metadata.annotations?.['kubeadm.kubernetes.io/component-config.hash'];
  expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('anybody may read how to reach the cluster, and by which certificate to know it', () => {
  const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info';
  const anybody = { username: 'system:anonymous', groups: ['system:unauthenticated'] };
  const { status, body } = ask(cluster, 'GET', path, { as: anybody });
  expect(status).toBe(200);
  const { kubeconfig } = (body as unknown as Shown).data;
  const { clusters, users } = parse(kubeconfig) as {
    clusters: { name: string; cluster: Record<string, string> }[];
    users: null;
  };
  expect([clusters[0].name, clusters[0].cluster.server, users]).toEqual([
    '',
    'https://10.0.0.10:6443',
    null,
  ]);
  const certificate = decodeBase64(clusters[0].cluster['certificate-authority-data']);
  expect(certificate).toBe(configMap('kube-root-ca.crt', 'default').data['ca.crt']);
});

test('a control plane that no tool has installed has none of them', () => {
  const { items } = must<{ items: { metadata: { name: string } }[] }>(
    openCluster(),
    'GET',
    '/api/v1/configmaps',
  );
  const names = new Set(items.map(({ metadata }) => metadata.name));
  for (const name of ['kubeadm-config', 'kubelet-config', 'cluster-info']) {
    expect(names.has(name)).toBe(false);
  }
});
