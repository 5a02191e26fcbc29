// 節點旁邊的文字：網際網路、Ingress，以及有好幾台控制平面時的各台機器。
import type { Catalog } from '../catalog';

/** 名稱逐一列出，拉丁字母後面空一格。 */
function spaced(names: readonly string[]): string {
  const text = names.join('、');
  return /[a-z]$/.test(text) ? `${text} ` : text;
}

export const sides: Catalog['sides'] = {
  internet: '網際網路',
  waysIn: (n) => `${n} 個入口`,
  internetAbout: '外部流量從 Ingress、NodePort 或 LoadBalancer 進來',
  anyHost: '任何主機',
  ingress: 'Ingress',
  ingressRoute: (path, service) => `${path} → ${service}`,
  ingressLabel: (name, host, routes) => `Ingress ${name}，${host}，${routes}`,
  noAddress: '沒有控制器接手，流量進不來',
  more: (ingresses, services) =>
    '還有 ' +
    [ingresses > 0 ? `${ingresses} 個 Ingress` : '', services > 0 ? `${services} 個 Service` : '']
      .filter(Boolean)
      .join('、'),

  machines: (n) => `${n} 台機器`,
  oneProcess: '同一個行程',
  membersOf: (n, all) => `成員 ${n}/${all}`,
  noQuorum: '未過半數',
  noLeader: '沒有領導者',
  leads: (machine) => `領導者 ${machine}`,
  lost: '失聯',
  standby: '待命',
  standbys: (machines) => `待命 ${machines.join('、')}`,
  programs: {
    apiserver: 'apiserver',
    etcd: 'etcd',
    scheduler: '排程器',
    controllers: '控制器',
    cloud: '雲端',
  },
  leading: (programs) => `${spaced(programs)}領導者`,
  stoppedPrograms: (programs) => `${spaced(programs)}已停止`,
  masterLabel: (name, state, runs) => `控制平面 ${name}，${state}，${runs}`,
  loadBalancers: (n) => `${n} LB`,
};
