// The walk behind a pod, in Simplified Chinese.
import type { Catalog } from '../catalog';

export const walk: Catalog['walk'] = {
  waiting: '应用会产生 Pod 的配置：导览会跟着其中第一个',
  waitingWhy: '时钟会停在每一步，直到你继续。',
  apply: (fileName) => `应用 ${fileName}`,
  empty: {
    nothing: '已应用，但没有新的东西会产生 Pod',
    failed: '没有应用：编辑器会显示哪里有错',
  },
  emptyWhy: {
    nothing: '它原本就在，或是不会运行 Pod 的种类。导览继续等待。',
    failed: '改好之后再应用一次。导览继续等待。',
  },
  running: '集群前往下一步……',
  places: {
    api: 'kube-apiserver',
    controllers: '控制器',
    scheduler: '调度器',
    kubelet: 'Kubelet',
    service: 'Service',
  },
  next: '下一步',
  back: '上一步',
  play: '播放',
  hold: '停住',
  leave: '离开',
  finish: '完成',
  hops: {
    sent: {
      says: ({ kind, name }) => `你的 ${kind} **${name}** 作为一个请求发往 kube-apiserver`,
      why: '集群的每个变更都是这样的请求：没有别的门。',
    },
    authn: {
      says: () => '**Authentication（身份认证）**：是谁在请求？',
      why: '证书或 token 说明用户和组。没有的话，响应是 401。',
    },
    authz: {
      says: ({ kind }) => `**Authorization（鉴权）**：这个用户能写入 ${kind} 吗？`,
      why: 'RBAC 查找允许它的角色。找不到的话，响应是 403。',
    },
    admission: {
      says: ({ name }) => `**Admission（准入）** 检查 ${name}，补上默认值，也可能反对`,
      why: '配额、限制、策略和 webhook 都在这里表态，之后才会保存。',
    },
    validation: {
      says: ({ kind }) => `**Validation（校验）**：这是合理的 ${kind} 吗？`,
      why: '每个字段都要检查。有错就响应 422，并附上字段的路径。',
    },
    stored: {
      says: ({ kind, name }) => `etcd 以新的修订版本保存 ${kind} **${name}**`,
      why: '从此它就是“期望状态”。还没有任何东西运行：kube-apiserver 不下命令。',
    },
    refused: {
      says: ({ kind, name, code }) => `kube-apiserver 以 ${code} 拒绝 ${kind} **${name}**`,
      why: '什么都没有保存，所以不会有后续。编辑器会显示服务器的说明。',
    },
    controllerTold: {
      says: ({ kind, name }) => `监视事件把 ${kind} **${name}** 告诉控制器`,
      why: '控制器不轮询，而是监视。名称进入队列，只会处理一次。',
    },
    replicaSetMade: {
      says: ({ owner, name }) =>
        `Deployment **${owner}** 的 Pod 模板还没有 ReplicaSet → 创建 **${name}**`,
      why: 'Pod 模板的每个修订版本各有一个 ReplicaSet：发布因此可以回滚。',
    },
    due: {
      says: ({ name }) => `CronJob **${name}** 只在计划的时间创建 Job`,
      why: '它的控制器算出下一次的时间，然后等待。导览会快进到那时。',
    },
    jobMade: {
      says: ({ owner, name }) => `CronJob **${owner}** 的时间到了 → 创建 Job **${name}**`,
      why: '每次运行都有自己的 Job，以时间命名，之后都能查看。',
    },
    claimMade: {
      says: ({ owner, name }) => `StatefulSet **${owner}** 申请卷 → 创建 **${name}**`,
      why: '它的每个 Pod 都有自己的卷，替换之后仍然沿用。',
    },
    podMade: {
      says: ({ owner, pod }) => `**${owner}** 需要的 Pod 比现有的多 → 创建 **${pod}**`,
      why: '控制器对比期望的与现有的，然后走一步。',
    },
    podRefused: {
      says: ({ owner, reason }) => `**${owner}** 不能创建 Pod${after(reason)}`,
      why: '配额、限制或策略拒绝了它。控制器会再试，间隔越来越长。',
    },
    schedulerTold: {
      says: ({ pod }) => `调度器得知 **${pod}** 还没有节点，把它放进队列`,
      why: 'Pod 在这里按优先级等待。它的 spec.nodeName 还是空的：状态为 Pending。',
    },
    gated: {
      says: ({ pod }) => `**${pod}** 设有 scheduling gate：调度器先不理它`,
      why: '在设置的人移除这些 gate 之前，它停在 Pending。',
    },
    filtered: {
      says: ({ passed, all }) =>
        all
          ? `**Filter（过滤）**：${all} 个节点中有 ${passed} 个放得下`
          : '**Filter（过滤）**：哪些节点放得下？',
      why: '资源请求、污点、选择算符、端口、卷：一个不行就淘汰。',
    },
    scored: {
      says: ({ node, score }) =>
        node
          ? `**Score（打分）**：**${node}** 最好${score === undefined ? '' : `，${score} 分`}`
          : '**Score（打分）**：其中哪个最好？',
      why: '插件打分：均衡、分散、镜像已经在节点上。',
    },
    bound: {
      says: ({ pod, node }) => `**Bind（绑定）**：${pod} 写到 ${node ? `**${node}**` : '它的节点'}`,
      why: '仍然只是对 kube-apiserver 的请求：设置 spec.nodeName，之后不再改变。',
    },
    noNode: {
      says: ({ pod, reason }) => `没有节点适合 **${pod}**${after(reason)}`,
      why: '它停在 Pending，等到有帮助的变化发生时再试。',
    },
    kubeletTold: {
      says: ({ pod, node }) => `**${node}** 的 kubelet 得知 **${pod}** 归它管`,
      why: 'kubelet 只监视自己节点的 Pod。没有人主动发东西给它。',
    },
    pulls: {
      says: ({ pod }) => `容器运行时为 **${pod}** 创建 sandbox，并拉取镜像`,
      why: 'sandbox 是它的网络：所有容器共用一个地址。',
    },
    imageThere: {
      says: ({ pod }) => `容器运行时为 **${pod}** 创建 sandbox；镜像已经在节点上`,
      why: 'sandbox 是它的网络：所有容器共用一个地址。',
    },
    started: {
      says: ({ pod }) => `**${pod}** 的容器已启动：状态为 Running`,
      why: 'kubelet 把它写进状态。Running 还不代表就绪。',
    },
    probed: {
      says: ({ pod }) => `readiness 探针还没让 **${pod}** 通过`,
      why: '在通过之前，没有 Service 会向它发送流量。',
    },
    ready: {
      says: ({ pod, node }) => `${node} 上的 **${pod}** 已经 **Ready**`,
      why: 'kubelet 上报状态，端点控制器得知后处理。',
    },
    failed: {
      says: ({ pod, reason }) => `**${pod}** 起不来${after(reason)}`,
      why: '它的事件说得更多。能再试的会再试，每次等得更久。',
    },
    endpoints: {
      says: ({ service, ready, total }) => `Service **${service}** 发往 ${ready}/${total} 个 Pod`,
      why: 'EndpointSlice 列出它，每个 kube-proxy 再写进自己节点的规则。',
    },
    done: {
      says: ({ pod, name }) => `**${pod || name}** 就是这样产生的`,
      why: '没有人下命令：每个组件都只是监视、对比，再写回一件事。',
    },
    stays: {
      says: ({ pod, node, reason }) =>
        `**${pod}** ${node ? '没有进展' : '停在 Pending'}${after(reason)}`,
      why: '没有发生任何有帮助的变化。检查器会说怎样才有帮助。',
    },
    noPod: {
      says: ({ kind, name, reason }) => `${kind} **${name}** 没有创建 Pod${after(reason)}`,
      why: '可能它现在不需要，也可能被挡住了：它的状态和事件会说明。',
    },
    noJob: {
      says: ({ name }) => `CronJob **${name}** 一天之内都没有到时间`,
      why: '它已暂停，或下一次的时间更远。',
    },
    gone: {
      says: ({ pod }) => `**${pod}** 还没走完就不见了`,
      why: '创建它的控制器可能会再创建一个。再应用一次就能跟着那一个。',
    },
  },
};

function after(reason: string | undefined): string {
  return reason ? `：${reason}` : '';
}
