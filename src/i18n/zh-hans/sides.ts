// 节点旁边的文字：互联网、Ingress，以及有多台控制平面时的各台机器。
import type { Catalog } from '../catalog';

/** 逐一列出名称，拉丁字母后面空一格。 */
function spaced(names: readonly string[]): string {
  const text = names.join('、');
  return /[a-z]$/.test(text) ? `${text} ` : text;
}

export const sides: Catalog['sides'] = {
  internet: '互联网',
  waysIn: (n) => `${n} 个入口`,
  internetAbout: '外部流量从 Ingress、NodePort 或 LoadBalancer 进来',
  anyHost: '任意主机',
  ingress: 'Ingress',
  ingressRoute: (path, service) => `${path} → ${service}`,
  ingressLabel: (name, host, routes) => `Ingress ${name}，${host}，${routes}`,
  noAddress: '没有控制器接手，流量进不来',
  more: (ingresses, services) =>
    '还有 ' +
    [ingresses > 0 ? `${ingresses} 个 Ingress` : '', services > 0 ? `${services} 个 Service` : '']
      .filter(Boolean)
      .join('、'),

  machines: (n) => `${n} 台机器`,
  oneProcess: '同一个进程',
  membersOf: (n, all) => `成员 ${n}/${all}`,
  noQuorum: '未过半数',
  noLeader: '没有领导者',
  leads: (machine) => `领导者 ${machine}`,
  lost: '失联',
  standby: '待命',
  standbys: (machines) => `待命 ${machines.join('、')}`,
  programs: {
    apiserver: 'apiserver',
    etcd: 'etcd',
    scheduler: '调度器',
    controllers: '控制器',
    cloud: '云',
  },
  leading: (programs) => `${spaced(programs)}领导者`,
  stoppedPrograms: (programs) => `${spaced(programs)}已停止`,
  masterLabel: (name, state, runs) => `控制平面 ${name}，${state}，${runs}`,
  loadBalancers: (n) => `${n} LB`,
};
