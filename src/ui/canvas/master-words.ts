// What runs on a machine of the control plane, and what of it leads, in a few words for its chip.
import { catalog } from '../../i18n/catalog';
import type { SceneComponent } from '../../scene/scene';

const words = catalog.sides;

export interface MasterWords {
  /** 'apiserver · etcd leader' */
  serves: string;
  /** The same for a narrow chip: who leads etcd serves, too. */
  briefly: string;
  /** 'scheduler leader', 'standby' */
  leads: string;
  /** 'etcd stopped'; '' when all runs. */
  stopped: string;
}

/** The words for the components of one machine. */
export function masterWords(components: readonly SceneComponent[]): MasterWords {
  const find = (name: string) => components.find((it) => it.name === name);
  const runs = (it: SceneComponent | undefined) => it !== undefined && it.state !== 'stopped';
  const { programs } = words;
  const etcd = find('etcd');
  const serves = [
    runs(find('kube-apiserver')) ? programs.apiserver : '',
    runs(etcd) ? (etcd!.leader ? words.leading([programs.etcd]) : programs.etcd) : '',
  ];
  const elected = [
    ['kube-scheduler', programs.scheduler],
    ['kube-controller-manager', programs.controllers],
    ['cloud-controller-manager', programs.cloud],
  ] as const;
  const running = elected.filter(([name]) => runs(find(name)));
  const leading = running.filter(([name]) => find(name)!.leader).map(([, word]) => word);
  const waits = running.length > 0 ? words.standby : '';
  const stopped = [
    ['kube-apiserver', programs.apiserver] as const,
    ['etcd', programs.etcd] as const,
    ...elected,
  ].filter(([name]) => find(name)?.state === 'stopped');
  const all = serves.filter(Boolean).join(' · ');
  return {
    serves: all,
    briefly: runs(etcd) && etcd!.leader ? serves[1]! : all,
    leads: leading.length > 0 ? words.leading(leading) : waits,
    stopped: stopped.length > 0 ? words.stoppedPrograms(stopped.map(([, word]) => word)) : '',
  };
}
