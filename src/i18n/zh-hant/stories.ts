// The story in Traditional Chinese: a sentence for each rule, and what comes next.
import type { StoryWords } from '../story-words';
import { groupStories } from './group-stories';

const number = (n: number) => new Intl.NumberFormat('zh-TW').format(n);
const pods = (n: number) => `${number(n)} 個 Pod`;
const wants = (count: number) => (count < 0 ? '缺少 Pod' : `想要 ${pods(count)}`);

const rules: StoryWords = {
  youCreate: {
    says: ({ kind, name }) => `你建立 ${kind} **${name}** → API server 將它存下`,
    next: '通知正在監看的元件',
  },
  youChange: {
    says: ({ kind, name }) => `你修改 ${kind} **${name}** → API server 將它存下`,
    next: '通知正在監看的元件',
  },
  youDelete: {
    says: ({ kind, name, stays }) =>
      `你刪除 ${kind} **${name}** → ` +
      (!stays
        ? 'API server 將它移除'
        : kind === 'Pod'
          ? '由它的 kubelet 停止'
          : 'API server 標記為刪除'),
    next: '它擁有的物件隨後刪除',
  },
  youScale: {
    says: ({ kind, name, count }) =>
      `你將 ${kind} **${name}** 調整為 ${number(count)} 個副本 → 控制器補足差額`,
    next: '控制器比對差異',
  },
  youCordon: {
    says: ({ node }) => `你將 **${node}** 設為不可排程 → 不再接收新的 Pod，既有的留下`,
    next: '排程器會略過它',
  },
  youUncordon: {
    says: ({ node }) => `你恢復 **${node}** 的排程 → 再次接收新的 Pod`,
    next: '排程器重新納入它',
  },
  youBind: {
    says: ({ pod, node }) => `你將 Pod **${pod}** 綁定到 **${node}** → 由它的 kubelet 接手`,
    next: '由 kubelet 接手',
  },
  youEvict: {
    says: ({ pod }) => `你要求驅逐 Pod **${pod}** → 由它的 kubelet 停止`,
    next: '擁有者會補上一個',
  },
  evictionRefused: {
    says: ({ pod }) => `PodDisruptionBudget 仍需要 Pod **${pod}** → 目前不能驅逐`,
    next: '等待其他 Pod 就緒',
  },
  youAdd: {
    says: ({ node }) => `你新增 **${node}** → 它開機並加入叢集`,
    next: '等待 kubelet 註冊',
  },
  youRemove: {
    says: ({ node }) => `你移走 **${node}** → 它的 Node 物件還在`,
    next: '心跳停止',
  },
  youPowerOff: {
    says: ({ node }) => `你關閉 **${node}** 的電源 → kubelet 與容器全部停止`,
    next: '心跳停止',
  },
  youPowerOn: {
    says: ({ node }) => `你開啟 **${node}** 的電源 → 它開機，kubelet 重新加入`,
    next: 'kubelet 重新加入',
  },
  youCutCable: {
    says: ({ node }) => `你拔掉 **${node}** 的網路線 → 它照常運作，但沒有人聽得到`,
    next: '收不到它的心跳',
  },
  youPlugCable: {
    says: ({ node }) => `你接回 **${node}** 的網路線 → 又收得到它的 kubelet`,
    next: 'kubelet 補上進度',
  },
  ...groupStories,
  youFillDisk: {
    says: ({ node }) => `你塞滿 **${node}** 的磁碟 → kubelet 必須驅逐 Pod`,
    next: 'kubelet 量測用量',
  },
  youFreeDisk: {
    says: ({ node }) => `你清空 **${node}** 的磁碟 → 壓力過一陣子解除`,
    next: 'kubelet 量測用量',
  },
  youKill: {
    says: ({ pod, node }) => `你結束 ${node} 上 **${pod}** 的一個容器 → kubelet 發現它結束`,
    next: '由 kubelet 重新啟動',
  },
  youFailProbe: {
    says: ({ pod }) => `你讓 **${pod}** 的探測失敗 → kubelet 計算失敗次數`,
    next: '再次探測',
  },
  youMendProbe: {
    says: ({ pod }) => `你讓 **${pod}** 的探測恢復 → kubelet 重新計數`,
    next: '再次探測',
  },
  youStopProgram: {
    says: ({ program, node }) => `你停止 ${node} 上的 **${program}** → 它的容器結束`,
    next: '在你啟動之前都不會執行',
  },
  youStartProgram: {
    says: ({ program, node }) => `你啟動 ${node} 上的 **${program}** → 由 kubelet 再次執行`,
    next: '補上進度',
  },
  youCrashProgram: {
    says: ({ program, node }) => `你讓 ${node} 上的 **${program}** 當掉 → 由 kubelet 重新啟動`,
    next: '由 kubelet 重新啟動',
  },
  youRefused: {
    says: ({ kind, name, verb, code }) =>
      `API server 拒絕對 ${kind} **${name}** 執行 ${verb} → ${refusal(code)}`,
    next: '什麼都沒有改變',
  },

  replicaSetCreated: {
    says: ({ deployment, replicaSet }) =>
      `Deployment **${deployment}** 有新的 Pod 範本 → 建立 ReplicaSet **${replicaSet}**`,
    next: '由它建立 Pod',
  },
  replicaSetScaled: {
    says: ({ deployment, replicaSet, from, to }) =>
      `Deployment **${deployment}** 調整 ReplicaSet **${replicaSet}** 的規模 → ` +
      `從 ${number(from)} 到 ${number(to)}`,
    next: '由它補足差額',
  },
  podCreated: {
    says: ({ kind, owner, pod, count }) => `${kind} **${owner}** ${wants(count)} → 建立 **${pod}**`,
    next: '等待節點',
  },
  podSurplus: {
    says: ({ kind, owner, pod }) =>
      `${kind} **${owner}** ${kind === 'Job' ? '已結束' : '多了一個 Pod'} → 刪除 **${pod}**`,
    next: '由 kubelet 停止',
  },
  podCascade: {
    says: ({ kind, owner, pod }) => `${kind} **${owner}** 已不存在 → 它的 Pod **${pod}** 一併刪除`,
    next: '由 kubelet 停止',
  },
  podEvicted: {
    says: ({ pod, node }) => `Pod **${pod}** 不再容忍 ${node || '所在節點'} 的汙點 → 遭到驅逐`,
    next: '擁有者會補上一個',
  },
  rolloutDone: {
    says: ({ deployment, replicaSet, count }) =>
      `Deployment **${deployment}** 推出完成 → ReplicaSet **${replicaSet}** 有 ` +
      `${pods(count)} 就緒`,
    next: '沒有待辦事項',
  },
  rolloutStuck: {
    says: ({ deployment }) => `Deployment **${deployment}** 沒有進展 → 這次推出視為失敗`,
    next: '繼續嘗試',
  },
  statefulPodCreated: {
    says: ({ owner, pod, ordinal, count }) =>
      `StatefulSet **${owner}** 依序進行，第 ${number(ordinal + 1)} 個，共 ${number(count)} 個 → ` +
      `建立 **${pod}**`,
    next: '等待節點',
  },
  daemonPodCreated: {
    says: ({ owner, pod }) => `DaemonSet **${owner}** 發現有節點缺少它的 Pod → 建立 **${pod}**`,
    next: '排程器將它綁定到該節點',
  },
  jobPodCreated: {
    says: ({ owner, pod, succeeded, completions }) =>
      `Job **${owner}** 完成 ${number(succeeded)}/${number(completions)} → 建立 **${pod}**`,
    next: '等待節點',
  },
  jobDone: {
    says: ({ job }) => `Job **${job}** 的 Pod 全部成功 → 工作完成`,
    next: '沒有待辦事項',
  },
  jobFailed: {
    says: ({ job, message }) => `Job **${job}** 放棄執行 → ${message}`,
    next: '不再建立 Pod',
  },
  jobCreated: {
    says: ({ cronJob, job }) => `CronJob **${cronJob}** 時間到了 → 建立 Job **${job}**`,
    next: '由它建立 Pod',
  },
  scheduleMissed: {
    says: ({ cronJob, message }) => `CronJob **${cronJob}** 錯過時間 → ${message}`,
    next: '等待下一次',
  },
  createRefused: {
    says: ({ kind, owner, message }) => `${kind} **${owner}** 無法建立 Pod → ${message}`,
    next: '再試，間隔越來越長',
  },
  autoscaled: {
    says: ({ autoscaler, count, reason }) =>
      `HorizontalPodAutoscaler **${autoscaler}** 觀察到 ${reason} → 想要 ${pods(count)}`,
    next: '調整 Deployment 的規模',
  },
  autoscalerBlind: {
    says: ({ autoscaler, message }) =>
      `HorizontalPodAutoscaler **${autoscaler}** 無法取得指標 → ${message}`,
    next: '維持不變',
  },

  podBound: {
    says: ({ pod, node }) => `Pod **${pod}** 有合適的節點 → 排程器綁定到 **${node || '節點'}**`,
    next: '由 kubelet 接手',
  },
  podUnschedulable: {
    says: ({ pod, message }) => `Pod **${pod}** 沒有合適的節點，${message} → 等待後再試`,
    next: '等待節點',
  },
  podPreempted: {
    says: ({ pod, node }) => `優先權更高的 Pod 需要 ${node} → Pod **${pod}** 讓出位置`,
    next: '擁有者會補上一個',
  },
  podTaken: {
    says: ({ pod, node, pulls }) =>
      `**${node}** 的 kubelet 接手 **${pod}** → ` +
      (pulls === 0 ? '映像檔已在節點上，直接啟動' : '拉取映像檔'),
    next: '啟動容器',
  },
  podReady: {
    says: ({ pod }) => `Pod **${pod}** 已就緒 → Service 可以把流量送過去`,
    next: '執行中',
  },
  podUnready: {
    says: ({ pod }) => `Pod **${pod}** 不再就緒 → Service 停止送流量過去`,
    next: '等待重新就緒',
  },
  podCrashLoop: {
    says: ({ pod, reason, restarts }) =>
      `Pod **${pod}** 不斷${reason === 'Completed' ? '結束' : '當掉'}` +
      `${reason ? `（${reason}）` : ''}，已重新啟動 ${number(restarts)} 次 → ` +
      'kubelet 每次等得更久',
    next: '等待重新啟動',
  },
  podTrouble: {
    says: ({ pod, reason }) => `Pod **${pod}** 無法啟動 → ${reason}`,
    next: 'kubelet 會再試',
  },
  podFailed: {
    says: ({ pod, reason }) => `Pod **${pod}** 失敗 → ${reason}`,
    next: '不會重新啟動',
  },
  podSucceeded: {
    says: ({ pod }) => `Pod **${pod}** 的容器做完工作 → Pod 完成`,
    next: '日誌會保留',
  },
  podGone: {
    says: ({ pod, node }) => `**${node}** 的 kubelet 已停止 **${pod}** → Pod 消失`,
    next: '騰出位置',
  },
  podOrphaned: {
    says: ({ pod, node }) => `節點 **${node}** 已不存在 → 清除它的 Pod **${pod}**`,
    next: '擁有者會補上一個',
  },
  podOutOfMemory: {
    says: ({ pod, container }) =>
      `Pod **${pod}** 的容器 ${container} 用掉的記憶體超過上限 → OOMKilled`,
    next: '由 kubelet 重新啟動',
  },
  probeFailed: {
    says: ({ pod, probe, message }) =>
      `Pod **${pod}** 的 ${probe.toLowerCase()} 探測失敗 → ${message || '稍後再試'}`,
    next: '再次探測',
  },
  probeKills: {
    says: ({ pod, message }) => `Pod **${pod}** 探測失敗太多次 → ${message}`,
    next: '由 kubelet 重新啟動',
  },
  volumeNotMounted: {
    says: ({ pod, message }) => `Pod **${pod}** 缺少磁碟區 → ${message}`,
    next: 'kubelet 會再試',
  },
  podPressureEvicted: {
    says: ({ pod, node, message }) => `**${node}** 資源不足，驅逐 Pod **${pod}** → ${message}`,
    next: '擁有者會補上一個',
  },

  nodeJoined: {
    says: ({ node }) => `**${node}** 的 kubelet 加入叢集 → 註冊它的 Node`,
    next: '排程器將它納入',
  },
  nodeBack: {
    says: ({ node }) => `又收到節點 **${node}** 的訊息 → 恢復 Ready`,
    next: '排程器將它納入',
  },
  nodeSilent: {
    says: ({ node }) => `節點 **${node}** 沒有心跳 → 視為 NotReady`,
    next: '300 秒後 Pod 離開',
  },
  nodeTainted: {
    says: ({ node, taint }) => `節點 **${node}** 狀態為 ${taint} → 加上汙點，300 秒後 Pod 離開`,
    next: '300 秒後 Pod 離開',
  },
  nodePressure: {
    says: ({ node, resource }) =>
      `節點 **${node}** 的${resources[resource] ?? resource}不足 → kubelet 驅逐 Pod`,
    next: 'kubelet 驅逐 Pod',
  },
  nodeRebooted: {
    says: ({ node }) => `節點 **${node}** 重新開機 → 容器重新啟動`,
    next: '啟動容器',
  },
  nodeRemoved: {
    says: ({ node }) => `節點 **${node}** 已刪除 → 清除上面的 Pod`,
    next: '清除上面的 Pod',
  },

  endpointsChanged: {
    says: ({ service, from, ready, total }) =>
      `Service **${service}** ${ready > from ? '增加' : '減少'} ` +
      `${number(Math.abs(ready - from))} 個端點 → ` +
      (ready === 0 ? '沒有 Pod 可以接收流量' : `送往 ${number(ready)}/${number(total)} 個`),
    next: '通知每個 kube-proxy',
  },
  ownerGone: {
    says: ({ kind, name, ownerKind, owner }) =>
      `${ownerKind} **${owner}** 已不存在 → 它的 ${kind} **${name}** 一併刪除`,
    next: '它擁有的物件隨後刪除',
  },
  cleanedUp: {
    says: ({ kind, name }) => `不再需要 ${kind} **${name}** → 刪除`,
    next: '它擁有的物件隨後刪除',
  },
  namespaceEnding: {
    says: ({ namespace }) => `Namespace **${namespace}** 即將結束 → 裡面的物件全部刪除`,
    next: '等待清空',
  },
  namespaceGone: {
    says: ({ namespace }) => `Namespace **${namespace}** 已清空 → 刪除完成`,
    next: '沒有留下任何物件',
  },
  volumeProvisioned: {
    says: ({ claim, volume }) =>
      `PersistentVolumeClaim **${claim}** 需要磁碟區 → 佈建 **${volume}**`,
    next: '接著綁定',
  },
  claimBound: {
    says: ({ claim, volume }) =>
      `PersistentVolumeClaim **${claim}** 完成綁定 → 取得磁碟區 **${volume}**`,
    next: '使用它的 Pod 可以啟動',
  },
  claimWaits: {
    says: ({ claim, message }) => `PersistentVolumeClaim **${claim}** 等待中 → ${message}`,
    next: '等待磁碟區',
  },
  volumeReleased: {
    says: ({ volume }) => `磁碟區 **${volume}** 不再有人使用 → 刪除`,
    next: '資料一併消失',
  },
  leaderChanged: {
    says: ({ program, holder }) => `${holder} 上的 **${program}** 成為領導者 → 由它工作`,
    next: '其他的待命',
  },
  programStopped: {
    says: ({ program, node, others }) =>
      `${node} 上的 **${program}** 停止 → ` +
      (others > 0 && program !== 'etcd' ? `其他 ${number(others)} 個照常運作` : without(program)),
    next: 'kubelet 可能會重新啟動它',
  },
  programStarted: {
    says: ({ program, node }) => `${node} 上的 **${program}** 執行中 → 補上進度`,
    next: '補上進度',
  },
  quorumLost: {
    says: ({ running, members }) =>
      `etcd 只剩 ${number(running)}/${number(members)} 個成員 → 沒有過半數，無法寫入`,
    next: '等待過半數',
  },
  quorumBack: {
    says: ({ running, members }) =>
      `etcd 恢復到 ${number(running)}/${number(members)} 個成員 → 可以寫入`,
    next: '等待中的工作繼續',
  },
  warning: {
    says: ({ kind, name, reason, message }) => `${kind} **${name}**：${reason} → ${message}`,
    next: '',
  },
};

const resources: Record<string, string | undefined> = {
  disk: '磁碟空間',
  memory: '記憶體',
  PIDs: ' PID ',
};

function refusal(code: number): string {
  switch (code) {
    case 401:
      return '不知道是誰在要求（401）';
    case 403:
      return '權限、配額或政策不允許（403）';
    case 404:
      return '沒有這個物件（404）';
    case 409:
      return '物件已存在，或同時被改過（409）';
    case 422:
      return '內容不合規定（422）';
    case 429:
      return '現在不行（429）';
    default:
      return code >= 500 ? `目前無法服務（${code}）` : `回應 ${code}`;
  }
}

function without(program: string): string {
  switch (program) {
    case 'kube-apiserver':
      return 'Pod 照常執行，但什麼都無法改變或修復';
    case 'etcd':
      return '少了它那一份資料';
    case 'kube-scheduler':
      return '新的 Pod 停在 Pending，其他照常執行';
    case 'kube-controller-manager':
      return '不再建立、替換或清理任何物件';
    case 'cloud-controller-manager':
      return '不會有新的負載平衡器，新的 Node 也不能用';
    default:
      return '它的工作無人處理';
  }
}

export const stories = {
  rules,
  panel: {
    close: '關閉故事',
    nothing: '還沒發生任何事。套用一份設定，或停掉一個節點，這裡就會說明經過。',
    noMatch: '故事裡沒有相符的內容。',
    find: '在故事裡尋找',
    only: (object: string) => `只看 ${object}`,
    applied: (fileName: string) => `你套用了 ${fileName}`,
    byItself: (object: string) => `${object}，自行發生`,
    rollout: (deployment: string, replicaSet: string, state: 'running' | 'done' | 'stuck') =>
      `${deployment} 推出到 ${replicaSet}，` +
      { running: '進行中', done: '完成', stuck: '卡住' }[state],
    count: (n: number) => `${number(n)} 項變化`,
    times: (n: number) => `×${number(n)}`,
    more: '逐項查看與原因',
    older: (n: number) => `還有 ${number(n)} 個較早的章節`,
    tones: { good: '良好', warn: '警告', bad: '異常' },
    walk: 'Pod 是怎麼產生的',
  },
  many: {
    podCreated: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** 建立 **${pods(n)}**`,
    podSurplus: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** ${kind === 'Job' ? '已結束' : `多了 ${pods(n)}`} → 全部刪除`,
    podCascade: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** 已不存在 → 它的 **${pods(n)}** 一併刪除`,
    podEvicted: (_: object, n: number) => `**${pods(n)}** 不再容忍所在節點的汙點 → 遭到驅逐`,
    podBound: (_: object, n: number) => `排程器為 **${pods(n)}** 找到節點`,
    podUnschedulable: (_: object, n: number) => `**${pods(n)}** 沒有合適的節點 → 等待`,
    podTaken: (_: object, n: number) => `kubelet 接手 **${pods(n)}** → 啟動容器`,
    podReady: (_: object, n: number) => `**${pods(n)}** 已就緒 → Service 可以把流量送過去`,
    podUnready: (_: object, n: number) => `**${pods(n)}** 不再就緒`,
    podGone: (_: object, n: number) => `**${pods(n)}** 已停止 → 消失`,
    podTrouble: ({ reason }: { reason: string }, n: number) =>
      `**${pods(n)}** 無法啟動 → ${reason}`,
    podCrashLoop: (_: object, n: number) => `Pod 當掉 **${number(n)} 次** → kubelet 每次等得更久`,
    statefulPodCreated: ({ owner }: { owner: string }, n: number) =>
      `StatefulSet **${owner}** 依序建立 **${pods(n)}**`,
    daemonPodCreated: ({ owner }: { owner: string }, n: number) =>
      `DaemonSet **${owner}** 建立 **${pods(n)}**，每個節點一個`,
    jobPodCreated: ({ owner }: { owner: string }, n: number) =>
      `Job **${owner}** 建立 **${pods(n)}**`,
    endpointsChanged: (parts: { service: string; ready: number; total: number }, n: number) =>
      `Service **${parts.service}** 的端點變動 ${number(n)} 次 → ` +
      `送往 ${number(parts.ready)}/${number(parts.total)} 個`,
  },
  acts: {
    applied: (fileName: string) => `你套用了 ${fileName}`,
    youCreate: (text: string) => `你建立了 ${text}`,
    youChange: (text: string) => `你修改了 ${text}`,
    youDelete: (text: string) => `你刪除了 ${text}`,
    youScale: (text: string) => `你調整了 ${text} 的規模`,
    youCordon: (text: string) => `你將 ${text} 設為不可排程`,
    youUncordon: (text: string) => `你恢復了 ${text} 的排程`,
    youBind: (text: string) => `你綁定了 ${text}`,
    youEvict: (text: string) => `你驅逐了 ${text}`,
    youAdd: (text: string) => `你新增了 ${text}`,
    youRemove: (text: string) => `你移走了 ${text}`,
    youPowerOff: (text: string) => `你關閉了 ${text} 的電源`,
    youPowerOn: (text: string) => `你開啟了 ${text} 的電源`,
    youCutCable: (text: string) => `你拔掉了 ${text} 的網路線`,
    youPlugCable: (text: string) => `你接回了 ${text} 的網路線`,
    youPowerOffAll: (text: string) => `你關閉了 ${text} 的電源`,
    youPowerOnAll: (text: string) => `你開啟了 ${text} 的電源`,
    youCutCableAll: (text: string) => `你拔掉了 ${text} 的網路線`,
    youPlugCableAll: (text: string) => `你接回了 ${text} 的網路線`,
    youCordonAll: (text: string) => `你將 ${text} 設為不可排程`,
    youUncordonAll: (text: string) => `你恢復了 ${text} 的排程`,
    youFillDisk: (text: string) => `你塞滿了 ${text} 的磁碟`,
    youFreeDisk: (text: string) => `你清空了 ${text} 的磁碟`,
    youKill: (text: string) => `你結束了 ${text} 的一個容器`,
    youFailProbe: (text: string) => `你讓 ${text} 的探測失敗`,
    youMendProbe: (text: string) => `你讓 ${text} 的探測恢復`,
    youStopProgram: (text: string) => `你停止了 ${text} 上的程式`,
    youStartProgram: (text: string) => `你啟動了 ${text} 上的程式`,
    youCrashProgram: (text: string) => `你讓 ${text} 上的程式當掉`,
  },
};
