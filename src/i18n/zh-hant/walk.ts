// The walk behind a pod, in Traditional Chinese.
import type { Catalog } from '../catalog';

export const walk: Catalog['walk'] = {
  waiting: '套用會產生 Pod 的設定：導覽會跟著其中第一個',
  waitingWhy: '時鐘會停在每一步，直到你繼續。',
  apply: (fileName) => `套用 ${fileName}`,
  empty: {
    nothing: '已套用，但沒有新的東西會產生 Pod',
    failed: '沒有套用：編輯器會顯示哪裡有錯',
  },
  emptyWhy: {
    nothing: '它原本就在，或是不會執行 Pod 的種類。導覽繼續等待。',
    failed: '修好之後再套用一次。導覽繼續等待。',
  },
  running: '叢集前往下一步……',
  places: {
    api: 'kube-apiserver',
    controllers: '控制器',
    scheduler: '排程器',
    kubelet: 'Kubelet',
    service: 'Service',
  },
  next: '下一步',
  back: '上一步',
  play: '播放',
  hold: '停住',
  leave: '離開',
  finish: '完成',
  hops: {
    sent: {
      says: ({ kind, name }) => `你的 ${kind} **${name}** 以一個請求送往 kube-apiserver`,
      why: '叢集的每個變更都是這樣的請求：沒有別的門。',
    },
    authn: {
      says: () => '**Authentication（身分驗證）**：是誰在要求？',
      why: '憑證或 token 說明使用者與群組。沒有的話，回應是 401。',
    },
    authz: {
      says: ({ kind }) => `**Authorization（授權）**：這個使用者能寫入 ${kind} 嗎？`,
      why: 'RBAC 尋找允許它的角色。找不到的話，回應是 403。',
    },
    admission: {
      says: ({ name }) => `**Admission（准入）** 檢視 ${name}，補上預設值，也可能反對`,
      why: '配額、限制、政策與 webhook 都在這裡表態，之後才會儲存。',
    },
    validation: {
      says: ({ kind }) => `**Validation（驗證）**：這是合理的 ${kind} 嗎？`,
      why: '每個欄位都要檢查。有錯就回應 422，並附上欄位的路徑。',
    },
    stored: {
      says: ({ kind, name }) => `etcd 以新的修訂版存下 ${kind} **${name}**`,
      why: '從此它就是「想要的狀態」。還沒有任何東西執行：kube-apiserver 不下命令。',
    },
    refused: {
      says: ({ kind, name, code }) => `kube-apiserver 以 ${code} 拒絕 ${kind} **${name}**`,
      why: '什麼都沒有存下，所以不會有後續。編輯器會顯示伺服器的說明。',
    },
    controllerTold: {
      says: ({ kind, name }) => `監看事件把 ${kind} **${name}** 告訴控制器`,
      why: '控制器不輪詢，而是監看。名稱進入佇列，只會處理一次。',
    },
    replicaSetMade: {
      says: ({ owner, name }) =>
        `Deployment **${owner}** 的 Pod 範本還沒有 ReplicaSet → 建立 **${name}**`,
      why: 'Pod 範本的每個修訂版各有一個 ReplicaSet：推出因此可以退回。',
    },
    due: {
      says: ({ name }) => `CronJob **${name}** 只在排定的時間建立 Job`,
      why: '它的控制器算出下一次的時間，然後等待。導覽會快轉到那時。',
    },
    jobMade: {
      says: ({ owner, name }) => `CronJob **${owner}** 的時間到了 → 建立 Job **${name}**`,
      why: '每次執行都有自己的 Job，以時間命名，之後都能查看。',
    },
    claimMade: {
      says: ({ owner, name }) => `StatefulSet **${owner}** 申請磁碟區 → 建立 **${name}**`,
      why: '它的每個 Pod 都有自己的磁碟區，替換之後仍然沿用。',
    },
    podMade: {
      says: ({ owner, pod }) => `**${owner}** 想要的 Pod 比現有的多 → 建立 **${pod}**`,
      why: '控制器比對想要的與現有的，然後走一步。',
    },
    podRefused: {
      says: ({ owner, reason }) => `**${owner}** 不能建立 Pod${after(reason)}`,
      why: '配額、限制或政策拒絕了它。控制器會再試，間隔越來越長。',
    },
    schedulerTold: {
      says: ({ pod }) => `排程器得知 **${pod}** 還沒有節點，把它放進佇列`,
      why: 'Pod 在這裡依優先權等待。它的 spec.nodeName 還是空的：狀態為 Pending。',
    },
    gated: {
      says: ({ pod }) => `**${pod}** 設有 scheduling gate：排程器先不理它`,
      why: '在設定的人移除這些 gate 之前，它停在 Pending。',
    },
    filtered: {
      says: ({ passed, all }) =>
        all
          ? `**Filter（篩選）**：${all} 個節點中有 ${passed} 個放得下`
          : '**Filter（篩選）**：哪些節點放得下？',
      why: '資源要求、汙點、選擇器、連接埠、磁碟區：一個不行就淘汰。',
    },
    scored: {
      says: ({ node, score }) =>
        node
          ? `**Score（評分）**：**${node}** 最好${score === undefined ? '' : `，${score} 分`}`
          : '**Score（評分）**：其中哪個最好？',
      why: '外掛給分：平衡、分散、映像檔已經在節點上。',
    },
    bound: {
      says: ({ pod, node }) => `**Bind（綁定）**：${pod} 寫到 ${node ? `**${node}**` : '它的節點'}`,
      why: '仍然只是對 kube-apiserver 的請求：設定 spec.nodeName，之後不再改變。',
    },
    noNode: {
      says: ({ pod, reason }) => `沒有節點適合 **${pod}**${after(reason)}`,
      why: '它停在 Pending，等到有幫助的變化發生時再試。',
    },
    kubeletTold: {
      says: ({ pod, node }) => `**${node}** 的 kubelet 得知 **${pod}** 歸它管`,
      why: 'kubelet 只監看自己節點的 Pod。沒有人主動送東西給它。',
    },
    pulls: {
      says: ({ pod }) => `執行環境為 **${pod}** 建立 sandbox，並拉取映像檔`,
      why: 'sandbox 是它的網路：所有容器共用一個位址。',
    },
    imageThere: {
      says: ({ pod }) => `執行環境為 **${pod}** 建立 sandbox；映像檔已經在節點上`,
      why: 'sandbox 是它的網路：所有容器共用一個位址。',
    },
    started: {
      says: ({ pod }) => `**${pod}** 的容器已啟動：狀態為 Running`,
      why: 'kubelet 把它寫進狀態。Running 還不代表就緒。',
    },
    probed: {
      says: ({ pod }) => `readiness 探測還沒讓 **${pod}** 通過`,
      why: '在通過之前，沒有 Service 會送流量過去。',
    },
    ready: {
      says: ({ pod, node }) => `${node} 上的 **${pod}** 已經 **Ready**`,
      why: 'kubelet 回報狀態，端點控制器得知後處理。',
    },
    failed: {
      says: ({ pod, reason }) => `**${pod}** 起不來${after(reason)}`,
      why: '它的事件說得更多。能再試的會再試，每次等得更久。',
    },
    endpoints: {
      says: ({ service, ready, total }) => `Service **${service}** 送往 ${ready}/${total} 個 Pod`,
      why: 'EndpointSlice 列出它，每個 kube-proxy 再寫進自己節點的規則。',
    },
    done: {
      says: ({ pod, name }) => `**${pod || name}** 就是這樣產生的`,
      why: '沒有人下命令：每個元件都只是監看、比對，再寫回一件事。',
    },
    stays: {
      says: ({ pod, node, reason }) =>
        `**${pod}** ${node ? '沒有進展' : '停在 Pending'}${after(reason)}`,
      why: '沒有發生任何有幫助的變化。檢視器會說怎樣才有幫助。',
    },
    noPod: {
      says: ({ kind, name, reason }) => `${kind} **${name}** 沒有建立 Pod${after(reason)}`,
      why: '可能它現在不需要，也可能被擋住了：它的狀態與事件會說明。',
    },
    noJob: {
      says: ({ name }) => `CronJob **${name}** 一天之內都沒有到時間`,
      why: '它已暫停，或下一次的時間更遠。',
    },
    gone: {
      says: ({ pod }) => `**${pod}** 還沒走完就不見了`,
      why: '建立它的控制器可能會再建立一個。再套用一次就能跟著那一個。',
    },
  },
};

function after(reason: string | undefined): string {
  return reason ? `：${reason}` : '';
}
