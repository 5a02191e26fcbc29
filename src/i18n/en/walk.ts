// The walk behind a pod, in English.
import type { WalkHop } from '../walk-words';

const hops = {
  sent: {
    says: ({ kind, name }) => `Your ${kind} **${name}** travels to kube-apiserver as one request`,
    why: 'Everything that changes in a cluster is such a request: there is no other door.',
  },
  authn: {
    says: () => '**Authentication**: who asks?',
    why: 'A certificate or a token names a user and groups. Without one, the answer is 401.',
  },
  authz: {
    says: ({ kind }) => `**Authorization**: may this user write a ${kind}?`,
    why: 'RBAC looks for a role that allows it. If none does, the answer is 403.',
  },
  admission: {
    says: ({ name }) => `**Admission** looks at ${name}, fills in defaults and may object`,
    why: 'Quotas, limits, policies and webhooks have their say here, before anything is stored.',
  },
  validation: {
    says: ({ kind }) => `**Validation**: is it a ${kind} that makes sense?`,
    why: 'Every field is checked. What is wrong comes back as 422, with the path of the field.',
  },
  stored: {
    says: ({ kind, name }) => `etcd stores ${kind} **${name}** under a new revision`,
    why: 'From now on it is wanted. Nothing runs yet: kube-apiserver gives no orders.',
  },
  refused: {
    says: ({ kind, name, code }) => `kube-apiserver refuses ${kind} **${name}** with ${code}`,
    why: 'Nothing was stored, so nothing follows. The editor shows what the server said.',
  },
  controllerTold: {
    says: ({ kind, name }) => `A watch event tells the controller of **${name}**, a ${kind}`,
    why: 'Controllers do not poll: they watch. The name goes into a queue and is looked at once.',
  },
  replicaSetMade: {
    says: ({ owner, name }) =>
      `Deployment **${owner}** has a pod template without a ReplicaSet → **${name}** is made`,
    why: 'One ReplicaSet a revision of the pod template: that is how a rollout can go back.',
  },
  due: {
    says: ({ name }) => `CronJob **${name}** makes a Job when its schedule says so, not before`,
    why: 'Its controller reckons the next time and waits. The walk runs ahead to it.',
  },
  jobMade: {
    says: ({ owner, name }) => `CronJob **${owner}** is due → Job **${name}** is made`,
    why: 'One Job for each run, named by its time: each can be looked at afterwards.',
  },
  claimMade: {
    says: ({ owner, name }) => `StatefulSet **${owner}** claims a volume → **${name}** is made`,
    why: 'Each of its pods has a volume of its own, and keeps it when it is replaced.',
  },
  podMade: {
    says: ({ owner, pod }) => `**${owner}** wants more pods than there are → **${pod}** is made`,
    why: 'A controller compares what is wanted with what is there, and takes one step.',
  },
  podRefused: {
    says: ({ owner, reason }) => `**${owner}** may not make a pod${after(reason)}`,
    why: 'A quota, a limit or a policy refuses it. Its controller tries again, ever later.',
  },
  schedulerTold: {
    says: ({ pod }) => `The scheduler hears of **${pod}**, which has no node, and queues it`,
    why: 'Pods wait here by priority. Its spec.nodeName is still empty: it is Pending.',
  },
  gated: {
    says: ({ pod }) => `**${pod}** has scheduling gates: the scheduler leaves it alone`,
    why: 'It is Pending until whoever set the gates takes them away.',
  },
  filtered: {
    says: ({ passed, all }) =>
      all
        ? `**Filter**: ${passed} of ${all} nodes can take it`
        : '**Filter**: which nodes can take it?',
    why: 'Room for its requests, taints, selectors, ports, volumes: one no is enough.',
  },
  scored: {
    says: ({ node, score }) =>
      node
        ? `**Score**: **${node}** is best${score === undefined ? '' : ` with ${score}`}`
        : '**Score**: which of them is best?',
    why: 'Plugins give points: for balance, for spreading, for an image that is there already.',
  },
  bound: {
    says: ({ pod, node }) => `**Bind**: ${pod} is written to ${node ? `**${node}**` : 'its node'}`,
    why: 'Again only a request to kube-apiserver: it sets spec.nodeName, once and for all.',
  },
  noNode: {
    says: ({ pod, reason }) => `No node fits **${pod}**${after(reason)}`,
    why: 'It stays Pending and is tried again when something changes that could help.',
  },
  kubeletTold: {
    says: ({ pod, node }) => `The kubelet on **${node}** hears that **${pod}** is its own now`,
    why: 'A kubelet watches the pods of its node alone. Nobody sends it anything.',
  },
  pulls: {
    says: ({ pod }) => `The runtime makes a sandbox for **${pod}** and pulls the image`,
    why: 'The sandbox is its network: one address for all its containers.',
  },
  imageThere: {
    says: ({ pod }) => `The runtime makes a sandbox for **${pod}**; the image is there already`,
    why: 'The sandbox is its network: one address for all its containers.',
  },
  started: {
    says: ({ pod }) => `The containers of **${pod}** have started: it is Running`,
    why: 'The kubelet writes that into the status. Running does not mean ready yet.',
  },
  probed: {
    says: ({ pod }) => `The readiness probe has not let **${pod}** pass yet`,
    why: 'Until it does, no Service sends anything to it.',
  },
  ready: {
    says: ({ pod, node }) => `**${pod}** on ${node} is **Ready**`,
    why: 'The kubelet reports it, and the endpoint controller hears of it.',
  },
  failed: {
    says: ({ pod, reason }) => `**${pod}** does not come up${after(reason)}`,
    why: 'Its events say more. What can be tried again is, after ever longer waits.',
  },
  endpoints: {
    says: ({ service, ready, total }) =>
      `Service **${service}** sends to ${ready} of ${total} pods`,
    why: 'An EndpointSlice lists it, and each kube-proxy writes that into the rules of its node.',
  },
  done: {
    says: ({ pod, name }) => `That is how **${pod || name}** came to be`,
    why: 'Nobody gave an order: each part watched, compared and wrote one thing back.',
  },
  stays: {
    says: ({ pod, node, reason }) =>
      `**${pod}** ${node ? 'gets no further' : 'stays Pending'}${after(reason)}`,
    why: 'Nothing has happened that would help. Its inspector says what would.',
  },
  noPod: {
    says: ({ kind, name, reason }) => `${kind} **${name}** makes no pod${after(reason)}`,
    why: 'It wants none now, or is kept from it: its status and events say which.',
  },
  noJob: {
    says: ({ name }) => `CronJob **${name}** has not been due for a day`,
    why: 'It is suspended, or its next time is further off.',
  },
  gone: {
    says: ({ pod }) => `**${pod}** is gone before its way was over`,
    why: 'What made it may make another. Apply again to follow that one.',
  },
} satisfies Record<string, WalkHop>;

function after(reason: string | undefined): string {
  return reason ? `: ${reason}` : '';
}

export const walk = {
  waiting: 'Apply something that becomes pods: the walk follows the first of them',
  waitingWhy: 'The clock stands at each hop, until you go on.',
  apply: (fileName: string) => `Apply ${fileName}`,
  empty: {
    nothing: 'Applied, but nothing new becomes pods',
    failed: 'Not applied: the editor shows what is wrong',
  },
  emptyWhy: {
    nothing: 'It was there already, or is of a kind that runs no pods. The walk waits on.',
    failed: 'Mend it and apply again. The walk waits on.',
  },
  running: 'The cluster goes on to the next hop …',
  places: {
    api: 'kube-apiserver',
    controllers: 'Controllers',
    scheduler: 'Scheduler',
    kubelet: 'Kubelet',
    service: 'Service',
  },
  next: 'Next',
  back: 'Back',
  play: 'Play',
  hold: 'Hold',
  leave: 'Leave',
  finish: 'Done',
  hops: hops as Record<keyof typeof hops, WalkHop>,
};
