// The user that a component of the simulation would be known as, by its client certificate or
// service account. Upstream: the kubeconfigs and manifests that kubeadm writes.
import type { ApiRequest, UserInfo } from '../../client/transport';
import { AUTHENTICATED } from '../authentication/authenticator';

/** Who asks: the user of an outside request, else the one that the component's actor stands for. */
export function userOf({ user, actor }: ApiRequest): UserInfo {
  return user ?? userOfActor(actor);
}

/** 'kube-scheduler', 'kubelet/n1', 'traefik pod/n1/kube-system/traefik', ... */
export function userOfActor(actor: string): UserInfo {
  const [program, machine, namespace, account] = actor.split('/');
  if (account !== undefined) return serviceAccount(namespace, account);
  switch (program) {
    case 'kubelet':
      return { username: `system:node:${machine}`, groups: ['system:nodes', AUTHENTICATED] };
    case 'kube-proxy':
    case 'cloud-controller-manager':
      return serviceAccount('kube-system', program);
    case 'kube-scheduler':
    case 'kube-controller-manager':
      return { username: `system:${program}`, groups: [AUTHENTICATED] };
    case 'kube-apiserver':
      return { username: 'system:apiserver', groups: ['system:masters', AUTHENTICATED] };
    default:
      return { username: 'kubernetes-admin', groups: ['system:masters', AUTHENTICATED] };
  }
}

function serviceAccount(namespace: string, name: string): UserInfo {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED];
  return { username: `system:serviceaccount:${namespace}:${name}`, groups };
}
