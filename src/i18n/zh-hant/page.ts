// Every sentence of the page around the canvas, in Traditional Chinese.
import type { Catalog } from '../catalog';

const badLinks = {
  damaged: '這個連結已損壞：有一部分遺失或被改過。',
  version: '這個連結由另一個版本的 Kubarium 產生，這個頁面無法讀取。',
  tooLarge: '這個連結的內容超過一個頁面能承載的量。',
};

const outcomes = {
  created: '已建立',
  configured: '已更新',
  unchanged: '沒有變更',
  deleted: '已刪除',
  notFound: '找不到',
  failed: '遭拒絕',
  unreadable: '無法讀取',
};

const samples = {
  web: { name: 'Deployment、Service、ConfigMap', about: '十個 nginx 副本' },
  rollout: { name: '滾動更新', about: '有 readiness 探測，一次多一個' },
  pending: { name: '哪裡都放不下的 Pod', about: '要求的 CPU 比任何節點都多' },
  daemon: { name: 'DaemonSet', about: '每個工作節點一個 Pod' },
  badImage: { name: '錯誤的映像檔標籤', about: 'ImagePullBackOff' },
  machine: { name: '多一台機器', about: '第五個工作節點加入' },
};

const themes = { system: '跟隨系統', light: '淺色', dark: '深色' };

export const page: Catalog['page'] = {
  brand: 'Kubarium',
  close: '關閉',
  copy: '複製',
  copied: '已複製',
  regions: {
    bar: '時鐘與叢集',
    canvas: '叢集的畫面',
    side: '編輯器',
    dock: '事件',
  },

  cluster: (master, workers) => `kubeadm · ${master} + ${workers}`,
  clusterMenu: '這個叢集',
  clusterAbout: (version, seed) => `Kubernetes ${version} · 種子 ${seed}`,
  newCluster: '新的叢集',
  newClusterAbout: '重新開始；編輯器的內容會保留',

  clock: '時鐘',
  pause: '暫停',
  resume: '繼續',
  step: '前進一個事件',
  warp: '快轉到下一個變化',
  warpStop: '停止快轉',
  speed: (speed) => `速度 ${speed}`,
  speedMenu: '叢集時間與真實時間的比例',
  speedReached: (speed) => `這台機器能跑到 ${speed}`,
  time: '叢集時間',

  share: '分享',
  shareTitle: '這個叢集的連結',
  shareAbout:
    '打開連結的人會得到自己的叢集，裡面有這些機器和這份 YAML。' +
    '沒有任何資料送到伺服器：內容全部在連結裡。',
  shareCopied: '連結已複製到剪貼簿。',
  shareByHand: '瀏覽器不開放剪貼簿：請從這裡複製連結。',
  shareLink: '連結',
  shareFailed: (message) => `無法產生連結：${message}`,
  embed: '嵌入',
  embedTitle: '把這個叢集放進你的頁面',
  embedAbout: '把這段貼進文章的 HTML。不需要指令碼，也不需要伺服器。',
  embedSnippet: 'HTML',
  embedFrameTitle: 'Kubarium：頁面裡的 Kubernetes 叢集',

  language: '語言',
  languageOfBrowser: '跟隨瀏覽器',
  theme: '主題',
  themes,
  more: '更多',
  help: '按鍵與說明',
  helpTitle: '按鍵',
  helpAbout: 'Kubarium 在這個分頁裡執行一整個 Kubernetes 叢集；怎麼操作都不會弄壞任何東西。',

  tabs: { cluster: '叢集', editor: '編輯器', events: '事件' },
  openEditor: '編輯器',
  closeEditor: '關閉編輯器',
  splitSide: '編輯器的寬度',
  splitDock: '事件區的高度',

  events: '事件',
  eventsNone: '還沒有事件。套用一份設定，叢集就會在這裡說明它做了什麼。',
  eventsNoWarnings: '沒有警告。',
  eventsAll: '全部',
  eventsWarnings: '警告',
  eventsOlder: (count) => `另有 ${count} 個較早的事件未顯示`,
  eventColumns: { age: '時間', type: '類型', reason: '原因', object: '物件', text: '訊息' },
  eventTimes: (count) => `×${count}`,
  openObject: (object) => `開啟 ${object}`,

  editor: {
    label: (fileName) => `${fileName}，YAML`,
    changed: '尚未套用',
    samples: '範例',
    emptyHint: '在這裡輸入或貼上 YAML，或選一個範例。',
    sampleMenu: '把範例放進編輯器',
    sampleNames: samples,
    plain: (because) => `無法載入自動完成與語法上色（${because}）。這裡的文字很安全。`,
    replaced: (fileName) => `範例取代了你的 ${fileName}。`,
    bringBack: '還原',
    apply: '套用',
    dryRun: '試跑',
    remove: '刪除',
    removeMenu: '刪除這個檔案的物件',
    cascades: {
      Background: {
        name: '連同擁有的物件一起刪除',
        about: 'background：立刻刪除，從屬物件隨後',
      },
      Foreground: {
        name: '先刪除擁有的物件',
        about: 'foreground：等從屬物件都刪除後才消失',
      },
      Orphan: { name: '只刪除這些物件', about: 'orphan：擁有的物件留下並繼續執行' },
    },
    busy: { apply: '套用中', dryRun: '試跑中', delete: '刪除中' },
    nothing: '目前沒有可套用的內容',
    noServer: '沒有 API server。你的文字會保留。',
    problems: (count) => `${count} 個問題`,
    nextProblem: '前往下一個問題',
    rejected: '遭伺服器拒絕',
    warned: '伺服器的警告',
    unreadable: '不是 kubectl 能讀的 YAML',
    line: (line) => `第 ${line} 行`,
    atLine: (line) => `，第 ${line} 行`,
    report: '套用的結果',
    reportCopies: (act) => (act === 'dryRun' ? '（伺服器端試跑）' : ''),
    outcomes,
    summary: (parts) =>
      parts.map(({ outcome, count }) => `${count} 個${outcomes[outcome]}`).join('，'),
  },

  inspector: {
    label: (kind, name) => `${kind} ${name}`,
    actions: '動作',
    close: '關閉，回到編輯器',
    tabs: {
      why: { here: '為何在這裡', pending: '為何等待' },
      summary: '摘要',
      yaml: 'YAML',
      events: '事件',
      conditions: '狀況',
    },
    gone: '它已經不在叢集裡。',
    loading: '正在詢問 API server',
    remove: (kind) => `刪除 ${kind}`,
    powerOff: '關閉電源',
    powerOn: '開啟電源',
    cutCable: '拔網路線',
    plugCable: '接回網路線',
    cordon: '停止排程',
    uncordon: '恢復排程',
    noEvents: '沒有關於它的事件。',
    noConditions: '它沒有任何狀況。',
    yamlLabel: '物件的 YAML，即時更新',
    copyYaml: '複製 YAML',
    conditionColumns: { type: '狀況', status: '狀態', reason: '原因', age: '持續' },
  },

  why: {
    none: '排程器沒有看過它：它由別的元件綁定。',
    waiting: '排程器還沒輪到它。',
    fits: (node) => `它最適合 ${node}。`,
    scored: (node, total, next, nextTotal) =>
      `${node} 得 ${total} 分，${next} 得 ${nextTotal} 分。`,
    tied: (best, others, total) => `${best} 得 ${total} 分，${others} 也一樣：同分時由抽籤決定。`,
    onlyOne: (node) => `只有 ${node} 通過所有篩選。`,
    noNode: '沒有合適的節點。',
    tried: (attempts) => `試過 ${attempts} 次。`,
    filters: '篩選，依執行順序',
    scores: '分數 × 權重',
    total: '總分',
    passes: '通過',
    rejects: '淘汰',
    notRun: '未執行，上方已淘汰',
    reasons: '每個節點缺少什麼',
  },

  notices: {
    startedFresh: '這個版本讀不懂上次保留的叢集，所以啟動了新的叢集。編輯器裡的文字仍然保留。',
    badLink: (why) => `${badLinks[why]}改為執行你自己的叢集。`,
    sharedCluster: '這個叢集來自一個連結。你自己的叢集維持原樣。',
    otherTab: '另一個分頁正在執行這個叢集。這裡是副本，你在這裡做的事只留在這裡。',
    branch: '這個叢集從一個共用的叢集分出：它只在這個分頁裡執行，你在這裡做的事只留在這裡。',
    branchGone: '這個網址的分支已不再保留，所以啟動了新的叢集。',
    backToShared: '回到共用的叢集',
    madeAnew: '這個叢集太大，重新載入後無法保留：它重新長成，先前的更改已不在。',
    backToOwn: '回到我的叢集',
    refused: (what, message) => `${what}：${message}`,
    sharedMachines: (message) => `連結裡的機器沒有全部建立：${message}`,
  },

  crashed: {
    title: '引擎停止了：這是 Kubarium 的錯誤，不是你的。',
    about: '叢集停在上次保存的樣子；編輯器裡的文字也保留著。',
    kept: '編輯器裡的文字會保留。',
    again: '重新啟動',
    details: '複製詳細資料',
  },

  embedded: {
    reset: '重設',
    open: '在 Kubarium 開啟',
    openFile: (fileName) => `開啟 ${fileName}`,
    field: (line) => `第 ${line} 行`,
    closeEditor: '關閉',
  },
};
