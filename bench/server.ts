// One row about the API server and the scheduler alone, in a process of its own, printed as JSON:
// `scheduling:5000` (pods bound a second at that many nodes, clock flat out, nothing but API server
// and scheduler), `requests` (API requests a second in process and over real HTTP) and
// `fanout:5000` (what a write costs with so many kubelets watching). Seconds are of the CPU of the
// whole process, but for real HTTP, where both ends share the machine, of the wall.

import { request as httpRequest, Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Draft, KubeObject } from '../src/api/object';
import { configMaps, namespaces, nodes, pods } from '../src/api/resource-ref';
import type { Node, Pod } from '../src/api/types';
import { admissionSteps } from '../src/apiserver/admission';
import { ApiServer } from '../src/apiserver/server';
import { Client } from '../src/client/client';
import { Component, REAL_PACE } from '../src/client/component';
import type { Cluster } from '../src/cluster/cluster';
import { createWholeCluster } from '../src/cluster/whole-cluster';
import { serveApi } from '../src/host/node/api-requests';
import { resourceDefinitions } from '../src/resources';
import type { ResourceDefinition } from '../src/resources/definition';
import { startScheduler } from '../src/scheduler/scheduler';
import { Scope } from '../src/sim/scope';
import { Simulation } from '../src/sim/simulation';
import { Store } from '../src/store/store';

/** As Kubernetes' own gate for its basic case: pods of one sort, none of which has to wait. */
const scheduled = { pods: 10_000, warmUpPods: 2_000 };
const asked = { requests: 20_000, httpRequests: 6_000, connections: 8 };
const fannedOut = { updates: 20_000 };

const row = process.argv[2] ?? '';
const [kind, count] = row.split(':');
if (kind === 'scheduling') print(measureScheduling(Number(count)));
else if (kind === 'fanout') print(measureFanOut(Number(count)));
else if (kind === 'requests') void measureRequests().then(print);
else throw new Error(`no row is called "${row}"`);

/** An API server alone, with the namespace default. */
function newServer(): { sim: Simulation; server: ApiServer; client: Client } {
  const sim = new Simulation({ seed: 1 });
  const definitions = resourceDefinitions as readonly unknown[] as readonly ResourceDefinition[];
  const server = new ApiServer(sim, new Store(), definitions, [], 'apiserver');
  server.addAdmission(admissionSteps.filter(({ name }) => name !== 'ServiceAccount'));
  const client = new Client(server, sim.clock, 'bench', 0);
  for (const name of ['default', 'kube-system']) {
    client.create(namespaces, { metadata: { name } } as Draft<KubeObject> as never);
  }
  return { sim, server, client };
}

function measureScheduling(nodeCount: number): object {
  const { sim, server, client } = newServer();
  for (let index = 0; index < nodeCount; index++) addNode(client, `node-${index}`);
  const options = { name: 'kube-scheduler', host: 'm1' };
  const component = new Component(sim, new Scope(sim.clock), server, REAL_PACE, options);
  startScheduler(component, { identity: 'm1_bench' });
  sim.clock.runFor(10_000);
  const bind = (from: number, to: number): number => {
    for (let index = from; index < to; index++) client.create(pods, pod(`pod-${index}`));
    const started = process.cpuUsage();
    while (countBound(server) < to) sim.clock.runFor(1_000);
    return cpuSecondsSince(started);
  };
  bind(0, scheduled.warmUpPods);
  const seconds = bind(scheduled.warmUpPods, scheduled.warmUpPods + scheduled.pods);
  const podsPerSecond = Math.round(scheduled.pods / seconds);
  return { nodes: nodeCount, pods: scheduled.pods, podsPerSecond };
}

function countBound({ store }: ApiServer): number {
  let bound = 0;
  for (const each of store.list(pods.key) as Pod[]) if (each.spec.nodeName) bound++;
  return bound;
}

/** Kubelets watch the pods of their own node; a write must wake one of them. */
function measureFanOut(watchers: number): object {
  const { server, client } = newServer();
  let events = 0;
  const closed = (): void => {};
  for (let index = 0; index < watchers; index++) {
    const fieldSelector = `spec.nodeName=node-${index}`;
    const request = { ref: pods, fieldSelector, resourceVersion: '0', actor: 'kubelet' } as never;
    server.watch(request, { event: () => events++, closed });
  }
  const held: Pod[] = [];
  for (let index = 0; index < watchers; index++) {
    const draft = pod(`pod-${index}`);
    held.push(
      client.create(pods, { ...draft, spec: { ...draft.spec, nodeName: `node-${index}` } }),
    );
  }
  const update = (round: number): void => {
    const index = round % watchers;
    const status = { ...held[index].status, message: `round ${round}` };
    held[index] = client.updateStatus(pods, { ...held[index], status });
  };
  for (let round = 0; round < fannedOut.updates; round++) update(round);
  const before = events;
  const started = process.cpuUsage();
  for (let round = 0; round < fannedOut.updates; round++) update(-round + 10 * fannedOut.updates);
  const cpuUs = (cpuSecondsSince(started) * 1e6) / fannedOut.updates;
  return {
    watchers,
    cpuUsPerUpdate: round(cpuUs, 2),
    eventsPerUpdate: (events - before) / fannedOut.updates,
  };
}

async function measureRequests(): Promise<object> {
  const cluster = createWholeCluster({ seed: 1, preset: 'kubeadm' });
  cluster.boot();
  mixed(cluster, 'warm', asked.requests);
  const started = process.cpuUsage();
  mixed(cluster, 'measured', asked.requests);
  const inProcess = asked.requests / cpuSecondsSince(started);
  const server = createServer((request, response) =>
    serveApi(request, response, (call) => cluster.handle(call)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await overHttp(server, 'warm');
  const wallStart = performance.now();
  await overHttp(server, 'measured');
  const seconds = (performance.now() - wallStart) / 1000;
  server.close();
  server.closeAllConnections();
  return {
    requestsPerSecond: Math.round(inProcess),
    httpRequestsPerSecond: Math.round(asked.httpRequests / seconds),
  };
}

/** A quarter each of create, get, update and delete, as objects. */
function mixed({ client }: Cluster, prefix: string, requests: number): void {
  for (let index = 0; index < requests / 4; index++) {
    const metadata = { name: `${prefix}-${index}`, namespace: 'default' };
    const made = client.create(configMaps, { metadata, data: { index: String(index) } });
    client.get(configMaps, 'default', made.metadata.name);
    client.update(configMaps, { ...made, data: { index: 'changed' } });
    client.delete(configMaps, 'default', made.metadata.name);
  }
}

/** The same over connections that are kept, each with one request at a time. */
async function overHttp(server: Server, prefix: string): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: asked.connections });
  const rounds = asked.httpRequests / 4 / asked.connections;
  const worker = async (number: number): Promise<void> => {
    for (let index = 0; index < rounds; index++) {
      const name = `${prefix}-${number}-${index}`;
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name },
        data: { index: 'a' },
      };
      await call(agent, port, 'POST', COLLECTION, body);
      await call(agent, port, 'GET', `${COLLECTION}/${name}`);
      await call(agent, port, 'PUT', `${COLLECTION}/${name}`, { ...body, data: { index: 'b' } });
      await call(agent, port, 'DELETE', `${COLLECTION}/${name}`);
    }
  };
  await Promise.all(Array.from({ length: asked.connections }, (_, number) => worker(number)));
  agent.destroy();
}

const COLLECTION = '/api/v1/namespaces/default/configmaps';

function call(
  agent: Agent,
  port: number,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'user-agent': 'bench' };
    const options = { agent, port, host: '127.0.0.1', method, path, headers };
    const sent = httpRequest(options, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode! < 300) resolve();
        else reject(new Error(`${method} ${path} was answered ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

function addNode(client: Client, name: string): void {
  const resources = { cpu: '32', memory: '128Gi', pods: '110', 'ephemeral-storage': '100Gi' };
  const node = client.create(nodes, { metadata: { name } } as Draft<Node>);
  const ready = { type: 'Ready', status: 'True' as const };
  client.updateStatus(nodes, {
    ...node,
    spec: { ...node.spec, taints: undefined },
    status: { capacity: resources, allocatable: resources, conditions: [ready] },
  } as Node);
  const { spec } = client.get(nodes, '', name);
  if (spec.taints)
    client.patch(nodes, '', name, { spec: { taints: null } }, { patchType: 'merge' });
}

function pod(name: string): Draft<Pod> & { spec: Pod['spec'] } {
  const requests = { cpu: '100m', memory: '500Mi' };
  return {
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'main', image: 'pause:3.10', resources: { requests } }] },
  };
}

function cpuSecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function print(figures: object): void {
  process.stdout.write(JSON.stringify(figures));
}
