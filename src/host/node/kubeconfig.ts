// The kubeconfig of a served cluster, as kubeadm writes admin.conf.

export interface KubeconfigParts {
  /** 'https://127.0.0.1:6443'. */
  server: string;
  /** PEM. */
  ca: string;
  token: string;
}

/** YAML text, ready for KUBECONFIG. */
export function kubeconfigText({ server, ca, token }: KubeconfigParts): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: kubarium
  cluster:
    certificate-authority-data: ${Buffer.from(ca).toString('base64')}
    server: ${server}
contexts:
- name: kubernetes-admin@kubarium
  context:
    cluster: kubarium
    user: kubernetes-admin
current-context: kubernetes-admin@kubarium
users:
- name: kubernetes-admin
  user:
    token: ${JSON.stringify(token)}
`;
}
