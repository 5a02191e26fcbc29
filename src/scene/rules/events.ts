// What components say of objects in Events, where no write of theirs says it as well.
import type { Event } from '../../api/types';
import { linkTo, objectOf, told, type RuleTable } from './rule';
import type { StoryFamily, TellRule, Told } from './rule';

type Tell = (event: Event, about: Told['about']) => Told | undefined;

const tellers: Record<string, Tell> = {
  Preempted: (event, about) => {
    const [, node = ''] = / on node (\S+)/.exec(event.message ?? '') ?? [];
    return told('podPreempted', { pod: about.name, node }, about, 'warn');
  },
  Unhealthy: (event, about) => {
    const [, probe, message] = /^(\w+) probe [^:]*: ?(.*)/s.exec(event.message ?? '') ?? [];
    if (!probe) return undefined;
    return told('probeFailed', { pod: about.name, probe, message }, about, 'warn');
  },
  Killing: (event, about) => {
    const message = event.message ?? '';
    if (!message.includes('probe')) return undefined;
    return told('probeKills', { pod: about.name, message }, about, 'bad');
  },
  FailedMount: notMounted,
  FailedAttachVolume: notMounted,
  FailedCreate: (event, about) => {
    const message = (event.message ?? '').replace('Error creating: ', '');
    return told('createRefused', { kind: about.kind, owner: about.name, message }, about, 'bad');
  },
  FailedGetScale: blind,
  FailedGetResourceMetric: blind,
  FailedComputeMetricsReplicas: blind,
  Completed: (_, about) => {
    if (about.kind !== 'Job') return undefined;
    return told('jobDone', { job: about.name }, about, 'good');
  },
  BackoffLimitExceeded: jobFailed,
  DeadlineExceeded: jobFailed,
  PodFailurePolicy: jobFailed,
  SuccessfulCreate: (event, about) => {
    const [, job] = /^Created job (\S+)/.exec(event.message ?? '') ?? [];
    if (about.kind !== 'CronJob' || !job) return undefined;
    return told('jobCreated', { cronJob: about.name, job }, about);
  },
  MissSchedule: (event, about) => {
    const parts = { cronJob: about.name, message: event.message ?? '' };
    return told('scheduleMissed', parts, about, 'warn');
  },
  ProvisioningSucceeded: (event, about) => {
    const [volume = ''] = /pvc-\S+/.exec(event.message ?? '') ?? [];
    return told('volumeProvisioned', { claim: about.name, volume }, about, 'good');
  },
  WaitForFirstConsumer: (event, about) => claimWaits(event, about, 'plain'),
  FailedBinding: (event, about) => claimWaits(event, about, 'warn'),
  ProvisioningFailed: (event, about) => claimWaits(event, about, 'warn'),
  LeaderElection: (event, about) => {
    const [, holder] = /^([^_\s]+).* became leader$/.exec(event.message ?? '') ?? [];
    if (!holder) return undefined;
    const program = { ...linkTo('Component', '', about.name), text: about.name };
    return told('leaderChanged', { program: about.name, holder }, about, 'plain', program);
  },
  NodeHasDiskPressure: (_, about) => pressure(about, 'disk'),
  NodeHasInsufficientMemory: (_, about) => pressure(about, 'memory'),
  NodeHasInsufficientPID: (_, about) => pressure(about, 'PIDs'),
  Rebooted: (_, about) => told('nodeRebooted', { node: about.name }, about, 'warn'),
  RemovingNode: (_, about) => told('nodeRemoved', { node: about.name }, about, 'warn'),
};

/** Told by the rules on what their writers store. */
const TOLD_ELSEWHERE = new Set([
  'BackOff',
  'Evicted',
  'Failed',
  'FailedScheduling',
  'InspectFailed',
  'NodeNotReady',
]);

export function eventRules(): StoryFamily {
  const table: RuleTable = {};
  let scaled = 0;
  // An autoscaler writes first and says why then.
  for (const kind of ['deployments.apps', 'replicasets.apps', 'statefulsets.apps']) {
    table[`kube-controller-manager update ${kind}/scale`] = ({ revision }) => {
      scaled = revision;
      return undefined;
    };
  }
  const tell: TellRule = (record, view) => {
    const event = objectOf<Event>(record, view);
    return event && toldOf(event, scaled);
  };
  for (const who of ['kubelet', 'kube-scheduler', 'kube-controller-manager']) {
    table[`${who} create events`] = tell;
    table[`${who} patch events`] = tell;
  }
  return { table };
}

function toldOf(event: Event, scaled: number): Told | undefined {
  const { kind = '', namespace = '', name = '' } = event.involvedObject;
  const about = linkTo(kind, namespace, name);
  const reason = event.reason ?? '';
  if (reason === 'SuccessfulRescale') return autoscaled(event, about, scaled);
  const teller = tellers[reason];
  if (teller) return teller(event, about);
  if (event.type !== 'Warning' || TOLD_ELSEWHERE.has(reason)) return undefined;
  return told('warning', { kind, name, reason, message: event.message ?? '' }, about, 'warn');
}

function autoscaled(event: Event, about: Told['about'], alsoOf: number): Told | undefined {
  const [, size, reason = ''] = /^New size: (\d+); reason: (.*)/s.exec(event.message ?? '') ?? [];
  if (!size) return undefined;
  const parts = { autoscaler: about.name, count: Number(size), reason };
  return { ...told('autoscaled', parts, about), alsoOf };
}

function notMounted(event: Event, about: Told['about']): Told {
  const parts = { pod: about.name, message: event.message ?? '' };
  return told('volumeNotMounted', parts, about, 'warn');
}

function blind(event: Event, about: Told['about']): Told {
  const parts = { autoscaler: about.name, message: event.message ?? '' };
  return told('autoscalerBlind', parts, about, 'warn');
}

function jobFailed(event: Event, about: Told['about']): Told | undefined {
  if (about.kind !== 'Job') return undefined;
  return told('jobFailed', { job: about.name, message: event.message ?? '' }, about, 'bad');
}

function claimWaits(event: Event, about: Told['about'], tone: Told['tone']): Told {
  return told('claimWaits', { claim: about.name, message: event.message ?? '' }, about, tone);
}

function pressure(about: Told['about'], resource: string): Told {
  return told('nodePressure', { node: about.name, resource }, about, 'bad');
}
