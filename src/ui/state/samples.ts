// The manifests that the editor offers. The first one is what a new visitor finds in it.

export interface Sample {
  id: 'web' | 'rollout' | 'pending' | 'daemon' | 'badImage' | 'machine';
  fileName: string;
  text: string;
}

const web = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web-settings
data:
  GREETING: hello from Kubarium
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 10
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          envFrom:
            - configMapRef: { name: web-settings }
          ports:
            - containerPort: 80
          resources:
            requests: { cpu: 250m, memory: 256Mi }
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: 80
`;

const rollout = `# Apply it, then change the image to nginx:1.28 and apply again:
# never fewer than four ready pods, never more than five.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 4
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels: { app: shop }
  template:
    metadata:
      labels: { app: shop }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
          ports:
            - containerPort: 80
          readinessProbe:
            httpGet: { path: /, port: 80 }
            initialDelaySeconds: 3
            periodSeconds: 2
          resources:
            requests: { cpu: 100m, memory: 64Mi }
`;

const pending = `# No node has sixteen CPUs: the scheduler tells why, node by node.
apiVersion: v1
kind: Pod
metadata:
  name: train
spec:
  containers:
    - name: train
      image: python:3.13
      resources:
        requests: { cpu: "16", memory: 4Gi }
`;

const daemon = `# One pod on every worker, and on every worker that joins.
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: logs
spec:
  selector:
    matchLabels: { app: logs }
  template:
    metadata:
      labels: { app: logs }
    spec:
      containers:
        - name: agent
          image: fluent/fluent-bit:4.0
          resources:
            requests: { cpu: 50m, memory: 32Mi }
`;

const badImage = `# nginx has no such tag: ErrImagePull, then ImagePullBackOff.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: typo
spec:
  replicas: 2
  selector:
    matchLabels: { app: typo }
  template:
    metadata:
      labels: { app: typo }
    spec:
      containers:
        - name: nginx
          image: nginx:1.99-nope
`;

const machine = `# The physical world is an API too: a fifth worker joins the cluster.
apiVersion: sim.kubarium.dev/v1alpha1
kind: Machine
metadata:
  name: n5
spec:
  role: worker
  power: "On"
  network: Connected
  zone: zone-a
  capacity: { cpu: "4", memory: 8Gi, ephemeralStorage: 40Gi, pods: 110 }
  downloadBytesPerSecond: 50000000
`;

export const samples: readonly Sample[] = [
  { id: 'web', fileName: 'web.yaml', text: web },
  { id: 'rollout', fileName: 'shop.yaml', text: rollout },
  { id: 'pending', fileName: 'train.yaml', text: pending },
  { id: 'daemon', fileName: 'logs.yaml', text: daemon },
  { id: 'badImage', fileName: 'typo.yaml', text: badImage },
  { id: 'machine', fileName: 'machine.yaml', text: machine },
];
