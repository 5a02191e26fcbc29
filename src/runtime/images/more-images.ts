// Images that tutorials, courses and products run: where they listen without being told, and how
// long they take until they do. Their tags are not known one by one: any is there.
import { job, server, SHELL, type ContainerProcess } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** Name, compressed megabytes, ports, time until it listens. */
type ServerRow = readonly [name: string, megabytes: number, ports: readonly number[], ms: number];

const SERVERS: readonly ServerRow[] = [
  // Of the documentation.
  ['registry.k8s.io/hpa-example', 176, [80], 400],
  ['registry.k8s.io/nginx-slim', 41, [80], 60],
  ['registry.k8s.io/kubernetes-zookeeper', 265, [2181, 2888, 3888], 6000],
  ['registry.k8s.io/goproxy', 2, [8080], 50],
  ['registry.k8s.io/echoserver', 42, [8080], 60],
  ['registry.k8s.io/dns/k8s-dns-node-cache', 42, [53, 8080, 9253], 400],
  ['registry.k8s.io/kube-state-metrics/kube-state-metrics', 13, [8080, 8081], 700],
  ['registry.k8s.io/prometheus-adapter/prometheus-adapter', 27, [6443], 1200],
  ['registry.k8s.io/sig-storage/nfs-provisioner', 120, [2049, 20048, 111], 1500],
  ['registry.k8s.io/external-dns/external-dns', 20, [7979], 500],
  ['us-docker.pkg.dev/google-samples/containers/gke/gb-frontend', 131, [80], 500],
  ['us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower', 39, [6379], 200],
  ['us-docker.pkg.dev/google-samples/containers/gke/hello-app', 5, [8080], 40],
  ['gcr.io/google_samples/gb-frontend', 131, [80], 500],
  ['gcr.io/google-samples/gb-frontend', 131, [80], 500],
  ['gcr.io/google_samples/gb-redisslave', 39, [6379], 200],
  ['gcr.io/google_samples/gb-redis-follower', 39, [6379], 200],
  ['gcr.io/google-samples/cassandra', 90, [7000, 7001, 7199, 9042], 12_000],
  ['gcr.io/google-samples/hello-go-gke', 5, [80], 40],
  ['gcr.io/google-samples/hello-frontend', 41, [80], 60],
  ['gcr.io/google-samples/node-hello', 240, [8080], 400],
  ['gcr.io/google-samples/kubernetes-bootcamp', 84, [8080], 300],
  // Web servers and what shows itself.
  ['docker.io/nginxdemos/hello', 18, [80], 60],
  ['docker.io/nginxinc/nginx-unprivileged', 67, [8080], 60],
  ['docker.io/bitnami/nginx', 92, [8080, 8443], 200],
  ['docker.io/library/caddy', 17, [80, 443, 2019], 80],
  ['docker.io/library/tomcat', 140, [8080], 2500],
  ['docker.io/library/jetty', 130, [8080], 2000],
  ['docker.io/library/registry', 10, [5000], 100],
  ['docker.io/paulbouwer/hello-kubernetes', 41, [8080], 400],
  ['docker.io/mccutchen/go-httpbin', 6, [8080], 40],
  ['ghcr.io/mccutchen/go-httpbin', 6, [8080], 40],
  ['docker.io/kennethreitz/httpbin', 198, [80], 900],
  ['docker.io/kong/httpbin', 30, [80], 600],
  ['docker.io/ealen/echo-server', 50, [80], 400],
  ['docker.io/containous/whoami', 3, [80], 40],
  ['gcr.io/kuar-demo/kuard-amd64', 12, [8080], 50],
  ['docker.io/luksa/kubia', 248, [8080], 400],
  ['docker.io/istio/examples-bookinfo-productpage-v1', 50, [9080], 800],
  ['docker.io/istio/examples-bookinfo-details-v1', 60, [9080], 600],
  ['docker.io/istio/examples-bookinfo-ratings-v1', 60, [9080], 500],
  ['docker.io/istio/examples-bookinfo-reviews-v1', 150, [9080], 5000],
  ['docker.io/istio/examples-bookinfo-reviews-v2', 150, [9080], 5000],
  ['docker.io/istio/examples-bookinfo-reviews-v3', 150, [9080], 5000],
  // Applications.
  ['docker.io/jenkins/jenkins', 260, [8080, 50_000], 18_000],
  ['docker.io/library/ghost', 170, [2368], 6000],
  ['docker.io/library/nextcloud', 420, [80], 5000],
  ['docker.io/library/joomla', 190, [80], 2000],
  ['docker.io/library/drupal', 190, [80], 1500],
  ['docker.io/library/phpmyadmin', 180, [80], 900],
  ['docker.io/phpmyadmin/phpmyadmin', 180, [80], 900],
  ['docker.io/library/adminer', 44, [8080], 300],
  ['docker.io/dpage/pgadmin4', 180, [80, 443], 6000],
  ['docker.io/library/mongo-express', 60, [8081], 1500],
  ['docker.io/gitea/gitea', 70, [22, 3000], 2500],
  ['docker.io/library/sonarqube', 520, [9000], 40_000],
  ['docker.io/sonatype/nexus3', 330, [8081], 45_000],
  ['docker.io/portainer/portainer-ce', 90, [8000, 9000, 9443], 1200],
  ['docker.io/kubernetesui/dashboard', 74, [8443, 9090], 900],
  ['docker.io/kubernetesui/metrics-scraper', 19, [8000], 400],
  // Databases and queues.
  ['docker.io/library/cassandra', 145, [7000, 7199, 9042], 15_000],
  ['docker.io/library/zookeeper', 115, [2181, 2888, 3888, 8080], 3000],
  ['docker.io/library/elasticsearch', 520, [9200, 9300], 14_000],
  ['docker.elastic.co/elasticsearch/elasticsearch', 520, [9200, 9300], 14_000],
  ['docker.io/library/kibana', 430, [5601], 12_000],
  ['docker.elastic.co/kibana/kibana', 430, [5601], 12_000],
  ['docker.io/library/logstash', 380, [5044, 9600], 15_000],
  ['docker.io/library/influxdb', 120, [8086], 1500],
  ['docker.io/library/couchdb', 90, [4369, 5984, 9100], 2500],
  ['docker.io/library/neo4j', 270, [7474, 7687], 9000],
  ['docker.io/library/nats', 6, [4222, 6222, 8222], 60],
  ['docker.io/library/consul', 50, [8300, 8500, 8600], 900],
  ['docker.io/hashicorp/consul', 60, [8300, 8500, 8600], 900],
  ['docker.io/hashicorp/vault', 150, [8200, 8201], 900],
  ['docker.io/valkey/valkey', 40, [6379], 150],
  ['docker.io/minio/minio', 60, [9000, 9001], 700],
  ['docker.io/apache/kafka', 220, [9092], 7000],
  ['docker.io/confluentinc/cp-kafka', 500, [9092], 10_000],
  ['docker.io/confluentinc/cp-zookeeper', 500, [2181], 5000],
  ['docker.io/wurstmeister/kafka', 200, [9092], 8000],
  ['docker.io/cockroachdb/cockroach', 130, [8080, 26_257], 3000],
  ['docker.io/bitnami/redis', 50, [6379], 400],
  ['docker.io/bitnami/postgresql', 100, [5432], 5000],
  ['docker.io/bitnami/mysql', 180, [3306], 12_000],
  ['docker.io/bitnami/mariadb', 130, [3306], 8000],
  ['docker.io/bitnami/mongodb', 250, [27_017], 5000],
  ['docker.io/bitnami/rabbitmq', 130, [4369, 5672, 15_672, 25_672], 9000],
  ['docker.io/bitnami/wordpress', 280, [8080, 8443], 15_000],
  ['docker.io/bitnami/zookeeper', 200, [2181, 2888, 3888], 4000],
  ['docker.io/bitnami/kafka', 280, [9092], 8000],
  // What watches.
  ['docker.io/prom/prometheus', 110, [9090], 1500],
  ['quay.io/prometheus/prometheus', 110, [9090], 1500],
  ['docker.io/prom/alertmanager', 30, [9093, 9094], 500],
  ['quay.io/prometheus/alertmanager', 30, [9093, 9094], 500],
  ['docker.io/prom/node-exporter', 11, [9100], 150],
  ['quay.io/prometheus/node-exporter', 11, [9100], 150],
  ['quay.io/prometheus/blackbox-exporter', 12, [9115], 200],
  ['quay.io/prometheus-operator/prometheus-operator', 18, [8080], 900],
  ['docker.io/grafana/grafana', 130, [3000], 4000],
  ['docker.io/grafana/loki', 25, [3100, 9095], 4000],
  ['docker.io/fluent/fluent-bit', 28, [2020], 400],
  ['docker.io/fluent/fluentd', 50, [5140, 24_224], 1500],
  ['docker.io/jaegertracing/all-in-one', 30, [4317, 4318, 14_269, 16_686], 900],
  ['docker.io/openzipkin/zipkin', 90, [9411], 5000],
];

/** Tools that leave when nobody tells them what to do: shells, clients, compilers. */
const TOOLS: readonly (readonly [name: string, megabytes: number])[] = [
  ['docker.io/library/centos', 83],
  ['docker.io/library/fedora', 65],
  ['docker.io/library/rockylinux', 70],
  ['docker.io/library/almalinux', 68],
  ['docker.io/library/amazonlinux', 55],
  ['docker.io/library/archlinux', 150],
  ['docker.io/library/oraclelinux', 85],
  ['docker.io/rockylinux/rockylinux', 70],
  ['registry.access.redhat.com/ubi8/ubi', 75],
  ['registry.access.redhat.com/ubi9/ubi', 75],
  ['registry.access.redhat.com/ubi9/ubi-minimal', 38],
  ['docker.io/library/buildpack-deps', 320],
  ['docker.io/library/ruby', 360],
  ['docker.io/library/php', 170],
  ['docker.io/library/openjdk', 240],
  ['docker.io/library/eclipse-temurin', 200],
  ['docker.io/library/maven', 260],
  ['docker.io/library/gradle', 320],
  ['docker.io/library/rust', 520],
  ['docker.io/library/gcc', 450],
  ['docker.io/nicolaka/netshoot', 200],
  ['docker.io/wbitt/network-multitool', 60],
  ['docker.io/praqma/network-multitool', 60],
  ['docker.io/tutum/dnsutils', 80],
  ['docker.io/radial/busyboxplus', 5],
  ['docker.io/yauritux/busybox-curl', 8],
  ['docker.io/odise/busybox-curl', 8],
  ['docker.io/alpine/git', 30],
  ['docker.io/alpine/k8s', 250],
  ['docker.io/amazon/aws-cli', 120],
  ['docker.io/google/cloud-sdk', 900],
  ['gcr.io/google.com/cloudsdktool/cloud-sdk', 900],
];

/** Tools that are given arguments alone. */
const CLIENTS: readonly (readonly [name: string, megabytes: number, entrypoint: string])[] = [
  ['docker.io/curlimages/curl', 9, 'curl'],
  ['docker.io/alpine/curl', 9, 'curl'],
  ['docker.io/appropriate/curl', 3, 'curl'],
  ['docker.io/bitnami/kubectl', 60, 'kubectl'],
  ['registry.k8s.io/kubectl', 18, 'kubectl'],
  ['docker.io/rancher/kubectl', 18, 'kubectl'],
  ['docker.io/minio/mc', 25, 'mc'],
];

/** What is asked of them decides what they take, see load-model.ts. */
const STRESS = [
  'docker.io/polinux/stress',
  'docker.io/progrium/stress',
  'docker.io/vish/stress',
  'docker.io/polinux/stress-ng',
  'docker.io/alexeiled/stress-ng',
  'docker.io/colinianking/stress-ng',
];

const OPEN = { isOpen: true };
const CLIENT_MS = 700;

function image(
  name: string,
  megabytes: number,
  process: ContainerProcess,
  more: Partial<ImageDefinition> = {},
): ImageDefinition {
  return { name, tags: OPEN, sizeBytes: megabytes * 1_000_000, process, ...more };
}

export const moreImages: readonly ImageDefinition[] = [
  ...SERVERS.map(([name, megabytes, ports, ms]) => image(name, megabytes, server(ports, ms))),
  ...TOOLS.map(([name, megabytes]) => image(name, megabytes, SHELL)),
  ...CLIENTS.map(([name, megabytes, entrypoint]) =>
    image(name, megabytes, job(CLIENT_MS), { entrypoint: [entrypoint] }),
  ),
  ...STRESS.map((name) => image(name, 4, server([], 20, { onTerminate: undefined }))),
];
