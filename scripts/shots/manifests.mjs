// What runs on the pictures.

export const shop = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 6
  strategy:
    rollingUpdate: { maxSurge: 1, maxUnavailable: 1 }
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
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
`;

export const pending = `apiVersion: v1
kind: Pod
metadata:
  name: train
spec:
  nodeSelector: { disktype: ssd }
  containers:
    - name: train
      image: python:3.13
      resources:
        requests: { cpu: 500m, memory: 1Gi }
`;

export const busy = `${shop.replaceAll('web', 'api').replace('replicas: 6', 'replicas: 3')}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  COLOUR: blue
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels: { app: db }
  template:
    metadata:
      labels: { app: db }
    spec:
      containers:
        - name: redis
          image: redis:7
          envFrom:
            - configMapRef: { name: settings }
          resources:
            requests: { cpu: 250m, memory: 512Mi }
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.test
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: api
                port: { number: 80 }
`;

/** Pods that crash, that never become ready and that no node has room for. */
export const troubled = [
  deployment('mailer', 17, 'busybox:1.36', `command: [sh, -c, 'sleep 2; exit 1']`),
  deployment('search', 131, 'nginx:1.27', 'readinessProbe: { httpGet: { port: 9 } }'),
  deployment('train', 214, 'python:3.13', 'resources: { requests: { cpu: 8 } }'),
].join('---\n');

function deployment(name, replicas, image, container) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ${container}
`;
}
