// Every sentence of the page around the canvas, in Simplified Chinese.
import type { Catalog } from '../catalog';

const badLinks = {
  damaged: '这个链接已损坏：有一部分丢失或被改动。',
  version: '这个链接由另一个版本的 Kubarium 生成，本页面无法读取。',
  tooLarge: '这个链接的内容超出了一个页面能承载的量。',
};

const outcomes = {
  created: '已创建',
  configured: '已更新',
  unchanged: '无变化',
  deleted: '已删除',
  notFound: '未找到',
  failed: '被拒绝',
  unreadable: '无法读取',
};

const samples = {
  web: { name: 'Deployment、Service、ConfigMap', about: '十个 nginx 副本' },
  rollout: { name: '滚动更新', about: '带 readiness 探针，每次多一个' },
  pending: { name: '哪里都放不下的 Pod', about: '请求的 CPU 比任何节点都多' },
  daemon: { name: 'DaemonSet', about: '每个工作节点一个 Pod' },
  badImage: { name: '错误的镜像标签', about: 'ImagePullBackOff' },
  machine: { name: '再加一台机器', about: '第五个工作节点加入' },
};

const themes = { system: '跟随系统', light: '浅色', dark: '深色' };

export const page: Catalog['page'] = {
  brand: 'Kubarium',
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  regions: {
    bar: '时钟与集群',
    canvas: '集群画面',
    side: '编辑器',
    dock: '事件',
  },

  cluster: (master, workers) => `kubeadm · ${master} + ${workers}`,
  clusterMenu: '这个集群',
  clusterAbout: (version, seed) => `Kubernetes ${version} · 种子 ${seed}`,
  newCluster: '新建集群',
  newClusterAbout: '重新开始；编辑器里的内容会保留',

  clock: '时钟',
  pause: '暂停',
  resume: '继续',
  step: '前进一个事件',
  warp: '快进到下一个变化',
  warpStop: '停止快进',
  speed: (speed) => `速度 ${speed}`,
  speedMenu: '集群时间与真实时间的比例',
  speedReached: (speed) => `这台机器能跑到 ${speed}`,
  time: '集群时间',

  share: '分享',
  shareTitle: '这个集群的链接',
  shareAbout:
    '打开链接的人会得到自己的集群，里面有这些机器和这份 YAML。' +
    '没有任何数据发送到服务器：内容全部在链接里。',
  shareCopied: '链接已复制到剪贴板。',
  shareByHand: '浏览器没有开放剪贴板：请从这里复制链接。',
  shareLink: '链接',
  shareFailed: (message) => `无法生成链接：${message}`,
  embed: '嵌入',
  embedTitle: '把这个集群放进你的页面',
  embedAbout: '把这段代码粘贴到文章的 HTML 中。不需要脚本，也不需要服务器。',
  embedSnippet: 'HTML',
  embedFrameTitle: 'Kubarium：页面里的 Kubernetes 集群',

  language: '语言',
  languageOfBrowser: '跟随浏览器',
  theme: '主题',
  themes,
  more: '更多',
  help: '按键与帮助',
  helpTitle: '按键',
  helpAbout: 'Kubarium 在这个标签页里运行一整个 Kubernetes 集群；怎么操作都不会弄坏任何东西。',

  tabs: { cluster: '集群', editor: '编辑器', events: '事件' },
  openEditor: '编辑器',
  closeEditor: '关闭编辑器',
  splitSide: '编辑器的宽度',
  splitDock: '事件区的高度',

  events: '事件',
  eventsNone: '还没有事件。应用一份配置，集群就会在这里说明它做了什么。',
  eventsNoWarnings: '没有警告。',
  eventsAll: '全部',
  eventsWarnings: '警告',
  eventsOlder: (count) => `还有 ${count} 个更早的事件未显示`,
  eventColumns: { age: '时间', type: '类型', reason: '原因', object: '对象', text: '消息' },
  eventTimes: (count) => `×${count}`,
  openObject: (object) => `打开 ${object}`,

  editor: {
    label: (fileName) => `${fileName}，YAML`,
    changed: '尚未应用',
    samples: '示例',
    emptyHint: '在这里输入或粘贴 YAML，或选一个示例。',
    sampleMenu: '把示例放进编辑器',
    sampleNames: samples,
    plain: (because) => `无法加载自动补全和语法高亮（${because}）。这里的文本是安全的。`,
    replaced: (fileName) => `示例替换了你的 ${fileName}。`,
    bringBack: '恢复',
    apply: '应用',
    dryRun: '试运行',
    remove: '删除',
    removeMenu: '删除这个文件中的对象',
    cascades: {
      Background: {
        name: '连同拥有的对象一起删除',
        about: 'background：立即删除，从属对象随后',
      },
      Foreground: {
        name: '先删除拥有的对象',
        about: 'foreground：等从属对象全部删除后才消失',
      },
      Orphan: { name: '只删除这些对象', about: 'orphan：拥有的对象保留并继续运行' },
    },
    busy: { apply: '应用中', dryRun: '试运行中', delete: '删除中' },
    nothing: '暂时没有可应用的内容',
    noServer: '没有 API server。你的文本会保留。',
    problems: (count) => `${count} 个问题`,
    nextProblem: '转到下一个问题',
    rejected: '被服务器拒绝',
    warned: '服务器的警告',
    unreadable: '不是 kubectl 能读取的 YAML',
    line: (line) => `第 ${line} 行`,
    atLine: (line) => `，第 ${line} 行`,
    report: '应用的结果',
    reportCopies: (act) => (act === 'dryRun' ? '（服务器端试运行）' : ''),
    outcomes,
    summary: (parts) =>
      parts.map(({ outcome, count }) => `${count} 个${outcomes[outcome]}`).join('，'),
  },

  inspector: {
    label: (kind, name) => `${kind} ${name}`,
    actions: '操作',
    close: '关闭，回到编辑器',
    tabs: {
      why: { here: '为何在这里', pending: '为何等待' },
      summary: '摘要',
      yaml: 'YAML',
      events: '事件',
      conditions: '状况',
    },
    gone: '它已经不在集群里。',
    loading: '正在询问 API server',
    remove: (kind) => `删除 ${kind}`,
    powerOff: '关闭电源',
    powerOn: '打开电源',
    cutCable: '拔网线',
    plugCable: '接回网线',
    cordon: '停止调度',
    uncordon: '恢复调度',
    noEvents: '没有关于它的事件。',
    noConditions: '它没有任何状况。',
    yamlLabel: '对象的 YAML，实时更新',
    copyYaml: '复制 YAML',
    conditionColumns: { type: '状况', status: '状态', reason: '原因', age: '持续' },
  },

  why: {
    none: '调度器没有处理过它：它由其他组件绑定。',
    waiting: '调度器还没有轮到它。',
    fits: (node) => `它最适合 ${node}。`,
    scored: (node, total, next, nextTotal) =>
      `${node} 得 ${total} 分，${next} 得 ${nextTotal} 分。`,
    tied: (best, others, total) => `${best} 得 ${total} 分，${others} 也一样：同分时随机决定。`,
    onlyOne: (node) => `只有 ${node} 通过所有过滤。`,
    noNode: '没有合适的节点。',
    tried: (attempts) => `尝试过 ${attempts} 次。`,
    filters: '过滤，按执行顺序',
    scores: '分数 × 权重',
    total: '总分',
    passes: '通过',
    rejects: '淘汰',
    notRun: '未执行，上方已淘汰',
    reasons: '每个节点缺少什么',
  },

  notices: {
    startedFresh: '本版本无法读取上次保留的集群，因此启动了新的集群。编辑器里的文本仍然保留。',
    badLink: (why) => `${badLinks[why]}改为运行你自己的集群。`,
    sharedCluster: '这个集群来自一个链接。你自己的集群保持原样。',
    otherTab: '另一个标签页正在运行这个集群。这里是副本，你在这里做的操作只留在这里。',
    branch: '这个集群从一个共用的集群分出：它只在这个标签页里运行，你在这里做的操作只留在这里。',
    branchGone: '这个网址的分支已不再保留，因此启动了新的集群。',
    backToShared: '回到共用的集群',
    madeAnew: '这个集群太大，刷新后无法保留：它已重新生成，之前的更改不再存在。',
    backToOwn: '回到我的集群',
    refused: (what, message) => `${what}：${message}`,
    sharedMachines: (message) => `链接里的机器没有全部创建：${message}`,
  },

  crashed: {
    title: '引擎停止了：这是 Kubarium 的缺陷，不是你的错。',
    about: '集群停在上次保存的状态；编辑器里的文本也保留着。',
    kept: '编辑器里的文本会保留。',
    again: '重新启动',
    details: '复制详细信息',
  },

  embedded: {
    reset: '重置',
    open: '在 Kubarium 中打开',
    openFile: (fileName) => `打开 ${fileName}`,
    field: (line) => `第 ${line} 行`,
    closeEditor: '关闭',
  },
};
