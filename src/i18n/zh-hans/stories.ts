// The story in Simplified Chinese: a sentence for each rule, and what comes next.
import type { StoryWords } from '../story-words';
import { groupStories } from './group-stories';

const number = (n: number) => new Intl.NumberFormat('zh-CN').format(n);
const pods = (n: number) => `${number(n)} 个 Pod`;
const wants = (count: number) => (count < 0 ? '缺少 Pod' : `需要 ${pods(count)}`);

const rules: StoryWords = {
  youCreate: {
    says: ({ kind, name }) => `你创建 ${kind} **${name}** → API server 将其保存`,
    next: '通知正在监视的组件',
  },
  youChange: {
    says: ({ kind, name }) => `你修改 ${kind} **${name}** → API server 将其保存`,
    next: '通知正在监视的组件',
  },
  youDelete: {
    says: ({ kind, name, stays }) =>
      `你删除 ${kind} **${name}** → ` +
      (!stays
        ? 'API server 将它移除'
        : kind === 'Pod'
          ? '由它的 kubelet 停止'
          : 'API server 标记为待删除'),
    next: '它拥有的对象随后删除',
  },
  youScale: {
    says: ({ kind, name, count }) =>
      `你将 ${kind} **${name}** 伸缩到 ${number(count)} 个副本 → 控制器补齐差额`,
    next: '控制器对比差异',
  },
  youCordon: {
    says: ({ node }) => `你将 **${node}** 设为不可调度 → 不再接收新的 Pod，已有的保留`,
    next: '调度器会跳过它',
  },
  youUncordon: {
    says: ({ node }) => `你恢复 **${node}** 的调度 → 重新接收新的 Pod`,
    next: '调度器重新考虑它',
  },
  youBind: {
    says: ({ pod, node }) => `你将 Pod **${pod}** 绑定到 **${node}** → 由它的 kubelet 接管`,
    next: '由 kubelet 接管',
  },
  youEvict: {
    says: ({ pod }) => `你请求驱逐 Pod **${pod}** → 由它的 kubelet 停止`,
    next: '属主会补上一个',
  },
  evictionRefused: {
    says: ({ pod }) => `PodDisruptionBudget 仍需要 Pod **${pod}** → 暂时不能驱逐`,
    next: '等待其他 Pod 就绪',
  },
  youAdd: {
    says: ({ node }) => `你添加 **${node}** → 它开机并加入集群`,
    next: '等待 kubelet 注册',
  },
  youRemove: {
    says: ({ node }) => `你移除 **${node}** → 它的 Node 对象仍在`,
    next: '心跳停止',
  },
  youPowerOff: {
    says: ({ node }) => `你关闭 **${node}** 的电源 → kubelet 和容器全部停止`,
    next: '心跳停止',
  },
  youPowerOn: {
    says: ({ node }) => `你打开 **${node}** 的电源 → 它开机，kubelet 重新加入`,
    next: 'kubelet 重新加入',
  },
  youCutCable: {
    says: ({ node }) => `你拔掉 **${node}** 的网线 → 它照常运行，但没有人能联系上`,
    next: '收不到它的心跳',
  },
  youPlugCable: {
    says: ({ node }) => `你接回 **${node}** 的网线 → 又能联系上它的 kubelet`,
    next: 'kubelet 追上进度',
  },
  ...groupStories,
  youFillDisk: {
    says: ({ node }) => `你塞满 **${node}** 的磁盘 → kubelet 必须驱逐 Pod`,
    next: 'kubelet 测量用量',
  },
  youFreeDisk: {
    says: ({ node }) => `你清空 **${node}** 的磁盘 → 压力过一会儿解除`,
    next: 'kubelet 测量用量',
  },
  youKill: {
    says: ({ pod, node }) => `你结束 ${node} 上 **${pod}** 的一个容器 → kubelet 发现它结束`,
    next: '由 kubelet 重启',
  },
  youFailProbe: {
    says: ({ pod }) => `你让 **${pod}** 的探针失败 → kubelet 统计失败次数`,
    next: '再次探测',
  },
  youMendProbe: {
    says: ({ pod }) => `你让 **${pod}** 的探针恢复 → kubelet 重新计数`,
    next: '再次探测',
  },
  youStopProgram: {
    says: ({ program, node }) => `你停止 ${node} 上的 **${program}** → 它的容器退出`,
    next: '在你启动之前不会运行',
  },
  youStartProgram: {
    says: ({ program, node }) => `你启动 ${node} 上的 **${program}** → 由 kubelet 重新运行`,
    next: '追上进度',
  },
  youCrashProgram: {
    says: ({ program, node }) => `你让 ${node} 上的 **${program}** 崩溃 → 由 kubelet 重启`,
    next: '由 kubelet 重启',
  },
  youRefused: {
    says: ({ kind, name, verb, code }) =>
      `API server 拒绝对 ${kind} **${name}** 执行 ${verb} → ${refusal(code)}`,
    next: '什么都没有改变',
  },

  replicaSetCreated: {
    says: ({ deployment, replicaSet }) =>
      `Deployment **${deployment}** 有新的 Pod 模板 → 创建 ReplicaSet **${replicaSet}**`,
    next: '由它创建 Pod',
  },
  replicaSetScaled: {
    says: ({ deployment, replicaSet, from, to }) =>
      `Deployment **${deployment}** 伸缩 ReplicaSet **${replicaSet}** → ` +
      `从 ${number(from)} 到 ${number(to)}`,
    next: '由它补齐差额',
  },
  podCreated: {
    says: ({ kind, owner, pod, count }) => `${kind} **${owner}** ${wants(count)} → 创建 **${pod}**`,
    next: '等待节点',
  },
  podSurplus: {
    says: ({ kind, owner, pod }) =>
      `${kind} **${owner}** ${kind === 'Job' ? '已结束' : '多出一个 Pod'} → 删除 **${pod}**`,
    next: '由 kubelet 停止',
  },
  podCascade: {
    says: ({ kind, owner, pod }) => `${kind} **${owner}** 已不存在 → 它的 Pod **${pod}** 一并删除`,
    next: '由 kubelet 停止',
  },
  podEvicted: {
    says: ({ pod, node }) => `Pod **${pod}** 不再容忍 ${node || '所在节点'} 的污点 → 被驱逐`,
    next: '属主会补上一个',
  },
  rolloutDone: {
    says: ({ deployment, replicaSet, count }) =>
      `Deployment **${deployment}** 发布完成 → ReplicaSet **${replicaSet}** 有 ` +
      `${pods(count)} 就绪`,
    next: '没有待办事项',
  },
  rolloutStuck: {
    says: ({ deployment }) => `Deployment **${deployment}** 没有进展 → 本次发布视为失败`,
    next: '继续尝试',
  },
  statefulPodCreated: {
    says: ({ owner, pod, ordinal, count }) =>
      `StatefulSet **${owner}** 按顺序进行，第 ${number(ordinal + 1)} 个，共 ${number(count)} 个 → ` +
      `创建 **${pod}**`,
    next: '等待节点',
  },
  daemonPodCreated: {
    says: ({ owner, pod }) => `DaemonSet **${owner}** 发现有节点缺少它的 Pod → 创建 **${pod}**`,
    next: '调度器将它绑定到该节点',
  },
  jobPodCreated: {
    says: ({ owner, pod, succeeded, completions }) =>
      `Job **${owner}** 完成 ${number(succeeded)}/${number(completions)} → 创建 **${pod}**`,
    next: '等待节点',
  },
  jobDone: {
    says: ({ job }) => `Job **${job}** 的 Pod 全部成功 → 任务完成`,
    next: '没有待办事项',
  },
  jobFailed: {
    says: ({ job, message }) => `Job **${job}** 放弃执行 → ${message}`,
    next: '不再创建 Pod',
  },
  jobCreated: {
    says: ({ cronJob, job }) => `CronJob **${cronJob}** 到点了 → 创建 Job **${job}**`,
    next: '由它创建 Pod',
  },
  scheduleMissed: {
    says: ({ cronJob, message }) => `CronJob **${cronJob}** 错过时间 → ${message}`,
    next: '等待下一次',
  },
  createRefused: {
    says: ({ kind, owner, message }) => `${kind} **${owner}** 无法创建 Pod → ${message}`,
    next: '重试，间隔越来越长',
  },
  autoscaled: {
    says: ({ autoscaler, count, reason }) =>
      `HorizontalPodAutoscaler **${autoscaler}** 观察到 ${reason} → 需要 ${pods(count)}`,
    next: '对 Deployment 进行伸缩',
  },
  autoscalerBlind: {
    says: ({ autoscaler, message }) =>
      `HorizontalPodAutoscaler **${autoscaler}** 无法获取指标 → ${message}`,
    next: '保持不变',
  },

  podBound: {
    says: ({ pod, node }) => `Pod **${pod}** 有合适的节点 → 调度器将它绑定到 **${node || '节点'}**`,
    next: '由 kubelet 接管',
  },
  podUnschedulable: {
    says: ({ pod, message }) => `Pod **${pod}** 没有合适的节点，${message} → 等待后重试`,
    next: '等待节点',
  },
  podPreempted: {
    says: ({ pod, node }) => `优先级更高的 Pod 需要 ${node} → Pod **${pod}** 让出位置`,
    next: '属主会补上一个',
  },
  podTaken: {
    says: ({ pod, node, pulls }) =>
      `**${node}** 的 kubelet 接管 **${pod}** → ` +
      (pulls === 0 ? '镜像已在节点上，直接启动' : '拉取镜像'),
    next: '启动容器',
  },
  podReady: {
    says: ({ pod }) => `Pod **${pod}** 已就绪 → Service 可以把流量发过去`,
    next: '运行中',
  },
  podUnready: {
    says: ({ pod }) => `Pod **${pod}** 不再就绪 → Service 停止向它发送流量`,
    next: '等待重新就绪',
  },
  podCrashLoop: {
    says: ({ pod, reason, restarts }) =>
      `Pod **${pod}** 不断${reason === 'Completed' ? '结束' : '崩溃'}` +
      `${reason ? `（${reason}）` : ''}，已重启 ${number(restarts)} 次 → ` +
      'kubelet 每次等待更久',
    next: '等待重启',
  },
  podTrouble: {
    says: ({ pod, reason }) => `Pod **${pod}** 无法启动 → ${reason}`,
    next: 'kubelet 会重试',
  },
  podFailed: {
    says: ({ pod, reason }) => `Pod **${pod}** 失败 → ${reason}`,
    next: '不会重启',
  },
  podSucceeded: {
    says: ({ pod }) => `Pod **${pod}** 的容器完成了工作 → Pod 结束`,
    next: '日志会保留',
  },
  podGone: {
    says: ({ pod, node }) => `**${node}** 的 kubelet 已停止 **${pod}** → Pod 消失`,
    next: '腾出位置',
  },
  podOrphaned: {
    says: ({ pod, node }) => `节点 **${node}** 已不存在 → 清除它的 Pod **${pod}**`,
    next: '属主会补上一个',
  },
  podOutOfMemory: {
    says: ({ pod, container }) =>
      `Pod **${pod}** 的容器 ${container} 使用的内存超过上限 → OOMKilled`,
    next: '由 kubelet 重启',
  },
  probeFailed: {
    says: ({ pod, probe, message }) =>
      `Pod **${pod}** 的 ${probe.toLowerCase()} 探针失败 → ${message || '稍后重试'}`,
    next: '再次探测',
  },
  probeKills: {
    says: ({ pod, message }) => `Pod **${pod}** 探针失败次数过多 → ${message}`,
    next: '由 kubelet 重启',
  },
  volumeNotMounted: {
    says: ({ pod, message }) => `Pod **${pod}** 缺少卷 → ${message}`,
    next: 'kubelet 会重试',
  },
  podPressureEvicted: {
    says: ({ pod, node, message }) => `**${node}** 资源不足，驱逐 Pod **${pod}** → ${message}`,
    next: '属主会补上一个',
  },

  nodeJoined: {
    says: ({ node }) => `**${node}** 的 kubelet 加入集群 → 注册它的 Node`,
    next: '调度器将它纳入',
  },
  nodeBack: {
    says: ({ node }) => `又收到节点 **${node}** 的消息 → 恢复 Ready`,
    next: '调度器将它纳入',
  },
  nodeSilent: {
    says: ({ node }) => `节点 **${node}** 没有心跳 → 视为 NotReady`,
    next: '300 秒后 Pod 离开',
  },
  nodeTainted: {
    says: ({ node, taint }) => `节点 **${node}** 状态为 ${taint} → 打上污点，300 秒后 Pod 离开`,
    next: '300 秒后 Pod 离开',
  },
  nodePressure: {
    says: ({ node, resource }) =>
      `节点 **${node}** 的${resources[resource] ?? resource}不足 → kubelet 驱逐 Pod`,
    next: 'kubelet 驱逐 Pod',
  },
  nodeRebooted: {
    says: ({ node }) => `节点 **${node}** 重启了 → 容器重新启动`,
    next: '启动容器',
  },
  nodeRemoved: {
    says: ({ node }) => `节点 **${node}** 已删除 → 清理上面的 Pod`,
    next: '清理上面的 Pod',
  },

  endpointsChanged: {
    says: ({ service, from, ready, total }) =>
      `Service **${service}** ${ready > from ? '增加' : '减少'} ` +
      `${number(Math.abs(ready - from))} 个端点 → ` +
      (ready === 0 ? '没有 Pod 可以接收流量' : `发往 ${number(ready)}/${number(total)} 个`),
    next: '通知每个 kube-proxy',
  },
  ownerGone: {
    says: ({ kind, name, ownerKind, owner }) =>
      `${ownerKind} **${owner}** 已不存在 → 它的 ${kind} **${name}** 一并删除`,
    next: '它拥有的对象随后删除',
  },
  cleanedUp: {
    says: ({ kind, name }) => `不再需要 ${kind} **${name}** → 删除`,
    next: '它拥有的对象随后删除',
  },
  namespaceEnding: {
    says: ({ namespace }) => `Namespace **${namespace}** 正在终止 → 其中的对象全部删除`,
    next: '等待清空',
  },
  namespaceGone: {
    says: ({ namespace }) => `Namespace **${namespace}** 已清空 → 删除完成`,
    next: '没有留下任何对象',
  },
  volumeProvisioned: {
    says: ({ claim, volume }) => `PersistentVolumeClaim **${claim}** 需要卷 → 制备 **${volume}**`,
    next: '接着绑定',
  },
  claimBound: {
    says: ({ claim, volume }) =>
      `PersistentVolumeClaim **${claim}** 完成绑定 → 获得卷 **${volume}**`,
    next: '使用它的 Pod 可以启动',
  },
  claimWaits: {
    says: ({ claim, message }) => `PersistentVolumeClaim **${claim}** 等待中 → ${message}`,
    next: '等待卷',
  },
  volumeReleased: {
    says: ({ volume }) => `卷 **${volume}** 不再有人使用 → 删除`,
    next: '数据一并消失',
  },
  leaderChanged: {
    says: ({ program, holder }) => `${holder} 上的 **${program}** 成为领导者 → 由它工作`,
    next: '其他的待命',
  },
  programStopped: {
    says: ({ program, node, others }) =>
      `${node} 上的 **${program}** 停止 → ` +
      (others > 0 && program !== 'etcd' ? `其他 ${number(others)} 个照常工作` : without(program)),
    next: 'kubelet 可能会重启它',
  },
  programStarted: {
    says: ({ program, node }) => `${node} 上的 **${program}** 运行中 → 追上进度`,
    next: '追上进度',
  },
  quorumLost: {
    says: ({ running, members }) =>
      `etcd 只剩 ${number(running)}/${number(members)} 个成员 → 没有多数派，无法写入`,
    next: '等待多数派',
  },
  quorumBack: {
    says: ({ running, members }) =>
      `etcd 恢复到 ${number(running)}/${number(members)} 个成员 → 可以写入`,
    next: '等待中的工作继续',
  },
  warning: {
    says: ({ kind, name, reason, message }) => `${kind} **${name}**：${reason} → ${message}`,
    next: '',
  },
};

const resources: Record<string, string | undefined> = {
  disk: '磁盘空间',
  memory: '内存',
  PIDs: ' PID ',
};

function refusal(code: number): string {
  switch (code) {
    case 401:
      return '不知道是谁在请求（401）';
    case 403:
      return '权限、配额或策略不允许（403）';
    case 404:
      return '没有这个对象（404）';
    case 409:
      return '对象已存在，或同时被修改过（409）';
    case 422:
      return '内容不合法（422）';
    case 429:
      return '现在不行（429）';
    default:
      return code >= 500 ? `暂时无法服务（${code}）` : `响应 ${code}`;
  }
}

function without(program: string): string {
  switch (program) {
    case 'kube-apiserver':
      return 'Pod 照常运行，但什么都无法改变或修复';
    case 'etcd':
      return '少了它那一份数据';
    case 'kube-scheduler':
      return '新的 Pod 停在 Pending，其他照常运行';
    case 'kube-controller-manager':
      return '不再创建、替换或清理任何对象';
    case 'cloud-controller-manager':
      return '不会有新的负载均衡器，新的 Node 也不能用';
    default:
      return '它的工作无人处理';
  }
}

export const stories = {
  rules,
  panel: {
    close: '关闭故事',
    nothing: '还没有发生任何事。应用一份配置，或停掉一个节点，这里就会说明经过。',
    noMatch: '故事里没有匹配的内容。',
    find: '在故事中查找',
    only: (object: string) => `只看 ${object}`,
    applied: (fileName: string) => `你应用了 ${fileName}`,
    byItself: (object: string) => `${object}，自行发生`,
    rollout: (deployment: string, replicaSet: string, state: 'running' | 'done' | 'stuck') =>
      `${deployment} 发布到 ${replicaSet}，` +
      { running: '进行中', done: '完成', stuck: '卡住' }[state],
    count: (n: number) => `${number(n)} 项变化`,
    times: (n: number) => `×${number(n)}`,
    more: '逐项查看与原因',
    older: (n: number) => `还有 ${number(n)} 个更早的章节`,
    tones: { good: '良好', warn: '警告', bad: '异常' },
    walk: 'Pod 是怎样产生的',
  },
  many: {
    podCreated: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** 创建 **${pods(n)}**`,
    podSurplus: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** ${kind === 'Job' ? '已结束' : `多出 ${pods(n)}`} → 全部删除`,
    podCascade: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** 已不存在 → 它的 **${pods(n)}** 一并删除`,
    podEvicted: (_: object, n: number) => `**${pods(n)}** 不再容忍所在节点的污点 → 被驱逐`,
    podBound: (_: object, n: number) => `调度器为 **${pods(n)}** 找到节点`,
    podUnschedulable: (_: object, n: number) => `**${pods(n)}** 没有合适的节点 → 等待`,
    podTaken: (_: object, n: number) => `kubelet 接管 **${pods(n)}** → 启动容器`,
    podReady: (_: object, n: number) => `**${pods(n)}** 已就绪 → Service 可以把流量发过去`,
    podUnready: (_: object, n: number) => `**${pods(n)}** 不再就绪`,
    podGone: (_: object, n: number) => `**${pods(n)}** 已停止 → 消失`,
    podTrouble: ({ reason }: { reason: string }, n: number) =>
      `**${pods(n)}** 无法启动 → ${reason}`,
    podCrashLoop: (_: object, n: number) => `Pod 崩溃 **${number(n)} 次** → kubelet 每次等待更久`,
    statefulPodCreated: ({ owner }: { owner: string }, n: number) =>
      `StatefulSet **${owner}** 按顺序创建 **${pods(n)}**`,
    daemonPodCreated: ({ owner }: { owner: string }, n: number) =>
      `DaemonSet **${owner}** 创建 **${pods(n)}**，每个节点一个`,
    jobPodCreated: ({ owner }: { owner: string }, n: number) =>
      `Job **${owner}** 创建 **${pods(n)}**`,
    endpointsChanged: (parts: { service: string; ready: number; total: number }, n: number) =>
      `Service **${parts.service}** 的端点变动 ${number(n)} 次 → ` +
      `发往 ${number(parts.ready)}/${number(parts.total)} 个`,
  },
  acts: {
    applied: (fileName: string) => `你应用了 ${fileName}`,
    youCreate: (text: string) => `你创建了 ${text}`,
    youChange: (text: string) => `你修改了 ${text}`,
    youDelete: (text: string) => `你删除了 ${text}`,
    youScale: (text: string) => `你伸缩了 ${text}`,
    youCordon: (text: string) => `你将 ${text} 设为不可调度`,
    youUncordon: (text: string) => `你恢复了 ${text} 的调度`,
    youBind: (text: string) => `你绑定了 ${text}`,
    youEvict: (text: string) => `你驱逐了 ${text}`,
    youAdd: (text: string) => `你添加了 ${text}`,
    youRemove: (text: string) => `你移除了 ${text}`,
    youPowerOff: (text: string) => `你关闭了 ${text} 的电源`,
    youPowerOn: (text: string) => `你打开了 ${text} 的电源`,
    youCutCable: (text: string) => `你拔掉了 ${text} 的网线`,
    youPlugCable: (text: string) => `你接回了 ${text} 的网线`,
    youPowerOffAll: (text: string) => `你关闭了 ${text} 的电源`,
    youPowerOnAll: (text: string) => `你打开了 ${text} 的电源`,
    youCutCableAll: (text: string) => `你拔掉了 ${text} 的网线`,
    youPlugCableAll: (text: string) => `你接回了 ${text} 的网线`,
    youCordonAll: (text: string) => `你将 ${text} 设为不可调度`,
    youUncordonAll: (text: string) => `你恢复了 ${text} 的调度`,
    youFillDisk: (text: string) => `你塞满了 ${text} 的磁盘`,
    youFreeDisk: (text: string) => `你清空了 ${text} 的磁盘`,
    youKill: (text: string) => `你结束了 ${text} 的一个容器`,
    youFailProbe: (text: string) => `你让 ${text} 的探针失败`,
    youMendProbe: (text: string) => `你让 ${text} 的探针恢复`,
    youStopProgram: (text: string) => `你停止了 ${text} 上的程序`,
    youStartProgram: (text: string) => `你启动了 ${text} 上的程序`,
    youCrashProgram: (text: string) => `你让 ${text} 上的程序崩溃`,
  },
};
