// One cluster behind real HTTP: a plain port with full rights, as kubectl proxy gives, and a TLS
// port with bearer tokens and client certificates, both on loopback. The plain port answers as long
// as this process lives, so that the world can be reached; the secure one is the simulated
// apiserver's own door and is shut while that is down, so that clients see their connections
// refused.
import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Cluster } from '../../cluster/cluster';
import { openWholeCluster } from '../../cluster/whole-cluster';
import { installGatewayApi } from '../../cluster/gateway-api';
import { ADMINISTRATOR } from '../../api/administrator';
import { SharedPast } from '../history/shared-past';
import { refuseStranger, UNAUTHORIZED } from './access';
import { refuse, serveApi, type ApiRequest, type ApiResponse } from './api-requests';
import { makeCertificates, type Credentials } from './certificate';
import { userOfConnection } from './client-certificate';
import { kubeconfigText } from './kubeconfig';
import { nodeKeys } from './node-keys';
import type { ServeOptions } from './options';
import { servePage } from './page-files';
import { PageSessions } from './page-sessions';
import { applyScenario, parseScenario, type Scenario } from './scenario';
import { WallPump } from './wall-pump';

const ADDRESS = '127.0.0.1';
/** The cluster has been up for so long when it is first seen; booting takes less. */
const UP_MS = 120_000;

type Handle = (request: ApiRequest) => ApiResponse;

export interface ClusterServerParts {
  /** Folder of the built page. */
  pageFolder: string;
  /** Answers what the engine leaves to its host; undefined for what it knows nothing of. */
  extraPages?: (cluster: Cluster) => (request: ApiRequest) => ApiResponse | undefined;
  /** Milliseconds since the epoch. */
  nowMs: () => number;
}

export class ClusterServer {
  readonly cluster: Cluster;
  readonly token: string;
  private readonly extraPages;
  private readonly credentials;
  private readonly plain: http.Server;
  private readonly secure: https.Server;
  private readonly pump: WallPump;
  private readonly past: SharedPast;
  private readonly pages: PageSessions;
  private securePort: number;
  private isDoorOpen = false;

  /** Builds and boots the cluster. Throws UsageError. */
  constructor(
    private readonly options: ServeOptions,
    private readonly parts: ClusterServerParts,
  ) {
    this.token = options.adminToken ?? randomBytes(16).toString('hex');
    this.credentials = makeCertificates(parts.nowMs());
    this.cluster = openCluster(options, parts.nowMs(), this.credentials, this.token);
    this.extraPages = parts.extraPages?.(this.cluster);
    this.securePort = options.securePort;
    this.plain = http.createServer((request, response) => this.servePlain(request, response));
    const { ca, cert, key } = this.credentials;
    const tls = { ca, cert, key, requestCert: true, rejectUnauthorized: false };
    this.secure = https.createServer(tls, (request, response) =>
      this.serveSecure(request, response),
    );
    for (const server of [this.plain, this.secure]) {
      // Watches are silent for minutes, and clients keep connections for the next request.
      server.requestTimeout = 0;
      server.keepAliveTimeout = 90_000;
    }
    const wallMs = (): number => performance.now();
    this.pump = new WallPump(this.cluster.clock, options.speed, wallMs, () => this.moveDoor());
    this.past = new SharedPast(this.cluster, this.pump);
    this.pages = new PageSessions(this.past, this.pump);
  }

  /** Resolves when both ports take requests; rejects when one is in use. */
  async listen(): Promise<void> {
    await listenOn(this.plain, this.options.port);
    await listenOn(this.secure, this.securePort);
    this.securePort = portOf(this.secure);
    this.isDoorOpen = true;
    this.pump.start();
    this.past.start();
  }

  get url(): string {
    return `http://${ADDRESS}:${portOf(this.plain)}`;
  }

  get secureUrl(): string {
    return `https://${ADDRESS}:${this.securePort}`;
  }

  /** YAML of a kubeconfig for the secure port. */
  get kubeconfig(): string {
    return kubeconfigText({ server: this.secureUrl, ca: this.credentials.ca, token: this.token });
  }

  /** Ends every connection and stops the clock. */
  close(): void {
    this.pump.stop();
    this.past.stop();
    for (const server of [this.plain, this.secure]) {
      server.close();
      server.closeAllConnections();
    }
  }

  private servePlain(request: http.IncomingMessage, response: http.ServerResponse): void {
    const refusal = refuseStranger(request);
    if (refusal) refuse(response, refusal);
    else if (/^\/ui\/engine(\/|$)/.test(request.url ?? '')) {
      this.pages.serve(request, response);
    } else if (/^\/ui(\/|$|\?)/.test(request.url ?? '')) {
      servePage(response, request.url ?? '', this.parts.pageFolder);
    } else serveApi(request, response, this.handle);
  }

  private serveSecure(request: http.IncomingMessage, response: http.ServerResponse): void {
    const user = userOfConnection(request.socket);
    const refusal = refuseStranger(request);
    if (refusal) refuse(response, refusal);
    else if (user === 'unknown') refuse(response, UNAUTHORIZED);
    else serveApi(request, response, (call) => this.handle({ ...call, caller: { user } }));
  }

  private readonly handle: Handle = (request) => {
    this.pump.turn();
    const page = this.extraPages?.(request);
    if (page) return this.cluster.refusal(request) ?? page;
    return this.cluster.handle(request);
  };

  /** Opens or shuts the secure port with the simulated apiserver. */
  private moveDoor(): void {
    const { isOpen } = this.cluster.controlPlanes.front;
    if (isOpen === this.isDoorOpen) return;
    this.isDoorOpen = isOpen;
    if (isOpen) {
      this.secure.listen(this.securePort, ADDRESS);
      return;
    }
    this.secure.close();
    this.secure.closeAllConnections();
  }
}

function openCluster(
  { seed, preset, pods, scenario: file, gatewayApi }: ServeOptions,
  nowMs: number,
  { authority }: Credentials,
  token: string,
): Cluster {
  const scenario: Scenario | undefined = file
    ? parseScenario(readFileSync(file, 'utf8'), file)
    : undefined;
  const startMs = Math.floor(nowMs) - UP_MS;
  const cluster = openWholeCluster(
    { seed, preset, pods, startMs, machines: scenario?.machines },
    nodeKeys(authority),
    new Map([[token, ADMINISTRATOR]]),
  );
  cluster.clock.runUntil(Math.floor(nowMs));
  if (gatewayApi) installGatewayApi(cluster);
  if (scenario && file) applyScenario(cluster, scenario, file);
  return cluster;
}

function listenOn(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ADDRESS, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}
