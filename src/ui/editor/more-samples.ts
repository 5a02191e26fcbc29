// The samples that come once somebody opens the gallery.
import type { Catalog } from '../../i18n/catalog';
import { words } from './words';

interface MoreSample {
  id: keyof typeof words.more;
  group: keyof Catalog['editing']['groups'];
  fileName: string;
  text: string;
}

/** A sample as the gallery shows it. */
export interface NamedSample extends MoreSample {
  name: string;
  about: string;
}

const statefulSet = `# db-0, then db-1, then db-2: each waits for the one before,
# and keeps its volume.
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector: { app: db }
  ports:
    - port: 6379
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
  selector:
    matchLabels: { app: db }
  template:
    metadata:
      labels: { app: db }
    spec:
      containers:
        - name: redis
          image: redis:7
          ports:
            - containerPort: 6379
          volumeMounts:
            - name: data
              mountPath: /data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests: { storage: 1Gi }
`;

const job = `# Six pods have to succeed, two at a time.
apiVersion: batch/v1
kind: Job
metadata:
  name: pages
spec:
  completions: 6
  parallelism: 2
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: render
          image: busybox:1.36
          command: [sh, -c, sleep 8]
`;

const cronJob = `# A Job at the start of every minute; run the clock faster to see a few.
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: "* * * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report
              image: busybox:1.36
              command: [sh, -c, sleep 5]
`;

const ingress = `# One host; the path decides which Service answers.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.test
      http:
        paths:
          - path: /api
            pathType: Prefix
            backend:
              service:
                name: api
                port: { number: 80 }
          - path: /
            pathType: Prefix
            backend:
              service:
                name: front
                port: { number: 80 }
---
apiVersion: v1
kind: Service
metadata:
  name: front
spec:
  selector: { app: front }
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector: { app: api }
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: front
spec:
  replicas: 2
  selector:
    matchLabels: { app: front }
  template:
    metadata:
      labels: { app: front }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 2
  selector:
    matchLabels: { app: api }
  template:
    metadata:
      labels: { app: api }
    spec:
      containers:
        - name: httpd
          image: httpd:2.4
`;

const autoscaler = `# Needs metrics: kubectl top shows what the autoscaler reads.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: burst
spec:
  replicas: 2
  selector:
    matchLabels: { app: burst }
  template:
    metadata:
      labels: { app: burst }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          resources:
            requests: { cpu: 100m, memory: 64Mi }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: burst
spec:
  minReplicas: 2
  maxReplicas: 6
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: burst
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: 60 }
`;

const budget = `# Drain a node that has two of them: the second eviction is refused
# until another pod is ready.
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: careful
spec:
  maxUnavailable: 1
  selector:
    matchLabels: { app: careful }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: careful
spec:
  replicas: 6
  selector:
    matchLabels: { app: careful }
  template:
    metadata:
      labels: { app: careful }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
`;

const claim = `# The claim stays Pending until a pod needs it:
# then the volume is made where the pod runs.
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: notes
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests: { storage: 2Gi }
---
apiVersion: v1
kind: Pod
metadata:
  name: notebook
spec:
  containers:
    - name: notebook
      image: nginx:1.27
      volumeMounts:
        - name: notes
          mountPath: /notes
  volumes:
    - name: notes
      persistentVolumeClaim: { claimName: notes }
`;

const policy = `# Only pods labelled role=front may reach the database.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-from-front
spec:
  podSelector:
    matchLabels: { app: store }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels: { role: front }
      ports:
        - port: 6379
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: store
spec:
  selector:
    matchLabels: { app: store }
  template:
    metadata:
      labels: { app: store }
    spec:
      containers:
        - name: redis
          image: redis:7
`;

const spread = `# Never more than one pod apart between nodes.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: even
spec:
  replicas: 8
  selector:
    matchLabels: { app: even }
  template:
    metadata:
      labels: { app: even }
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          labelSelector:
            matchLabels: { app: even }
      containers:
        - name: nginx
          image: nginx:1.27
`;

const init = `# First setup, to its end; then the sidecar; then the container it stands beside.
apiVersion: v1
kind: Pod
metadata:
  name: staged
spec:
  initContainers:
    - name: setup
      image: busybox:1.36
      command: [sh, -c, sleep 4]
    - name: logs
      image: busybox:1.36
      command: [sh, -c, sleep 86400]
      restartPolicy: Always
  containers:
    - name: main
      image: nginx:1.27
`;

const crash = `# Ends in error: the kubelet starts it again, and waits longer each time.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: crash
spec:
  selector:
    matchLabels: { app: crash }
  template:
    metadata:
      labels: { app: crash }
    spec:
      containers:
        - name: main
          image: busybox:1.36
          command: [sh, -c, sleep 3; exit 1]
`;

const probe = `# nginx listens on 80, not on 8080: it runs, is never ready,
# and the Service has no endpoint.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: deaf
spec:
  replicas: 2
  selector:
    matchLabels: { app: deaf }
  template:
    metadata:
      labels: { app: deaf }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          readinessProbe:
            httpGet: { path: /, port: 8080 }
            periodSeconds: 3
---
apiVersion: v1
kind: Service
metadata:
  name: deaf
spec:
  selector: { app: deaf }
  ports:
    - port: 80
`;

const quota = `# Three pods fit; the ReplicaSet wants five, and its events say why it cannot.
apiVersion: v1
kind: Namespace
metadata:
  name: small
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: three-pods
  namespace: small
spec:
  hard: { pods: "3" }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: crowd
  namespace: small
spec:
  replicas: 5
  selector:
    matchLabels: { app: crowd }
  template:
    metadata:
      labels: { app: crowd }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
`;

const crd = `# Apply it twice: the kind has to be there before its first object.
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: boats.sea.example.com
spec:
  group: sea.example.com
  scope: Namespaced
  names: { plural: boats, singular: boat, kind: Boat }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [crew]
              properties:
                crew: { type: integer, minimum: 1 }
      additionalPrinterColumns:
        - name: Crew
          type: integer
          jsonPath: .spec.crew
---
apiVersion: sea.example.com/v1
kind: Boat
metadata:
  name: dinghy
spec:
  crew: 2
`;

const all: readonly MoreSample[] = [
  { id: 'statefulSet', group: 'workloads', fileName: 'db.yaml', text: statefulSet },
  { id: 'job', group: 'workloads', fileName: 'job.yaml', text: job },
  { id: 'cronJob', group: 'workloads', fileName: 'report.yaml', text: cronJob },
  { id: 'autoscaler', group: 'workloads', fileName: 'burst.yaml', text: autoscaler },
  { id: 'budget', group: 'workloads', fileName: 'careful.yaml', text: budget },
  { id: 'spread', group: 'workloads', fileName: 'even.yaml', text: spread },
  { id: 'init', group: 'workloads', fileName: 'staged.yaml', text: init },
  { id: 'ingress', group: 'network', fileName: 'ingress.yaml', text: ingress },
  { id: 'policy', group: 'network', fileName: 'policy.yaml', text: policy },
  { id: 'claim', group: 'storage', fileName: 'notes.yaml', text: claim },
  { id: 'crash', group: 'trouble', fileName: 'crash.yaml', text: crash },
  { id: 'probe', group: 'trouble', fileName: 'deaf.yaml', text: probe },
  { id: 'quota', group: 'trouble', fileName: 'quota.yaml', text: quota },
  { id: 'crd', group: 'world', fileName: 'boats.yaml', text: crd },
];

/** The further samples, named in the language of the page. */
export function moreSamples(): NamedSample[] {
  return all.map((sample) => ({ ...sample, ...words.more[sample.id] }));
}
