// What `/metrics` tells of an API server: requests from outside, watches under way and objects
// stored, in the text format of Prometheus. Where the real one differs: it has hundreds more, and
// counts its own components' requests too.
// Upstream: apiserver/pkg/endpoints/metrics/metrics.go, apiserver/pkg/storage/etcd3/metrics.
import type { Store } from '../../store/store';

export interface CountedRequest {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly scope: 'cluster' | 'namespace' | 'resource' | '';
  readonly dryRun: boolean;
}

const REQUESTS =
  'Counter of apiserver requests broken out for each verb, dry run value, group, version, ' +
  'resource, scope, component, and HTTP response code.';
const LONG_RUNNING =
  'Gauge of all active long-running apiserver requests broken out by verb, group, version, ' +
  'resource, scope and component. Not all requests are tracked this way.';
const OBJECTS =
  '[DEPRECATED, consider using apiserver_resource_objects instead] Number of stored objects at ' +
  'the time of last check split by kind. In case of a fetching error, the value will be -1.';
const BUILD =
  "A metric with a constant '1' value labeled by major, minor, git version, git commit, git " +
  'tree state, build date, Go version, and compiler from which Kubernetes was built, and ' +
  'platform on which it is running.';

type Labels = Readonly<Record<string, string>>;

export class RequestMetrics {
  /** By the text of the labels. */
  private readonly requests = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly build: Labels,
  ) {}

  count(request: CountedRequest, code: number): void {
    const { verb, dryRun, ...rest } = request;
    const labels = labelText({
      ...rest,
      code: String(code),
      component: 'apiserver',
      dry_run: dryRun ? 'All' : '',
      verb: verb.toUpperCase(),
    });
    this.requests.set(labels, (this.requests.get(labels) ?? 0) + 1);
  }

  /** The whole page. */
  text(): string {
    const { store } = this;
    const objects = store.tableNames().sort();
    return [
      ...head('apiserver_longrunning_requests', 'gauge', LONG_RUNNING),
      line('apiserver_longrunning_requests', labelText(WATCHES), store.watcherCount),
      ...head('apiserver_request_total', 'counter', REQUESTS),
      ...[...this.requests]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([labels, count]) => line('apiserver_request_total', labels, count)),
      ...head('apiserver_storage_objects', 'gauge', OBJECTS),
      ...objects.map((resource) =>
        line('apiserver_storage_objects', labelText({ resource }), store.count(resource)),
      ),
      ...head('kubernetes_build_info', 'gauge', BUILD),
      line('kubernetes_build_info', labelText(this.build), 1),
      '',
    ].join('\n');
  }
}

const WATCHES: Labels = {
  component: 'apiserver',
  group: '',
  resource: '',
  scope: '',
  subresource: '',
  verb: 'WATCH',
  version: '',
};

function head(name: string, type: string, help: string): string[] {
  const stability = name === 'kubernetes_build_info' ? 'ALPHA' : 'STABLE';
  return [`# HELP ${name} [${stability}] ${help}`, `# TYPE ${name} ${type}`];
}

function line(name: string, labels: string, value: number): string {
  return `${name}{${labels}} ${value}`;
}

/** 'a="1",b="2"', sorted by name. */
function labelText(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${name}="${labels[name]}"`)
    .join(',');
}
