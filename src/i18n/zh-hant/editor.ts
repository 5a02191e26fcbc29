// The editor's quick fixes, Diff, Live and further samples, in Traditional Chinese.
import type { Catalog } from '../catalog';

export const editor: Catalog['editor'] = {
  fixes: {
    change: (to) => `改為「${to}」`,
    add: (field) => `加上 ${field}`,
    version: (to) => `改用 ${to}`,
    rename: (to) => `改名為 ${to}`,
    remove: (field) => `移除 ${field}`,
    spaces: '將 Tab 換成空白',
  },
  diff: {
    label: '套用後會有什麼變化',
    asking: '由 API server 試跑，不會儲存',
    none: '不會有任何變化。',
    before: '目前',
    after: '套用後',
    created: (subject) => `會建立 ${subject}`,
    failed: (subject, message) => `${subject}：${message}`,
    unreadable: '檔案有一部分無法讀取：請看「編輯」下的問題。',
  },
  live: {
    label: '這個檔案的物件，即時狀態',
    none: '檔案裡還沒有任何物件。',
    missing: '叢集裡沒有',
    open: (name) => `開啟 ${name}`,
  },
  more: {
    statefulSet: { name: 'StatefulSet', about: '三個副本依序建立，各有一個磁碟區' },
    job: { name: 'Job', about: '完成六次，一次兩個' },
    cronJob: { name: 'CronJob', about: '每分鐘一個 Job' },
    ingress: { name: 'Ingress', about: '一個主機，依路徑分到兩個 Service' },
    autoscaler: { name: 'HorizontalPodAutoscaler', about: '依 CPU 在二到六個副本之間擴縮' },
    budget: { name: 'PodDisruptionBudget', about: 'drain 必須等待' },
    claim: { name: 'PersistentVolumeClaim', about: '有 Pod 需要時才建立磁碟區' },
    policy: { name: 'NetworkPolicy', about: '誰可以和誰通訊' },
    spread: { name: '拓撲分散', about: '平均分散到各節點' },
    init: { name: 'Init 與 sidecar 容器', about: '先執行的，和陪著執行的' },
    crash: { name: 'CrashLoopBackOff', about: '以錯誤結束的容器' },
    probe: { name: '探針失敗', about: '執行中，但永遠未就緒' },
    quota: { name: 'ResourceQuota', about: '已經滿了的 Namespace' },
    crd: { name: '自訂資源', about: '你自己的一種物件' },
  },
};
