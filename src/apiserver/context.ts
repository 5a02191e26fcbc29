// What every step of the API server works with.
import type { KubeObject, ObjectMeta } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition, WriteContext } from '../resources/definition';
import type { RandomStream } from '../sim/rng';
import type { Simulation } from '../sim/simulation';
import type { Store } from '../store/store';
import type { AdmissionChain } from './admission/chain';
import type { ReadText } from './decode/read-body';
import type { FieldTracking } from './field-tracking';
import type { HttpResponse, RequestAccess } from './http/http';
import type { RequestMetrics } from './http/request-metrics';
import type { ServiceClaims } from './service-claims';

export interface ServerContext {
  readonly sim: Simulation;
  readonly store: Store;
  readonly random: RandomStream;
  readonly admission: AdmissionChain;
  readonly claims: ServiceClaims;
  /** What the extension adds; empty before it has come. */
  readonly services: Services;
  definition(ref: ResourceRef): ResourceDefinition;
  /** Every resource that is stored, custom ones too. */
  resources(): readonly ResourceRef[];
}

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** An object that is made at the server's start, but for what the server adds to it. */
export type SeedDraft = { readonly metadata: Partial<ObjectMeta> };

/** Parts of the server that not every write needs; each is set by the extension's own code. */
export interface Services {
  /** Who owns which fields, and server-side apply. */
  fieldManager?: FieldTracking;
  /** Bodies and answers in YAML. */
  readYaml?: ReadText;
  writeYaml?: (value: unknown) => string;
  /** Who may come in; everybody without it. */
  access?: RequestAccess;
  /** Pages beside the API, by their path. */
  page?: (path: string) => HttpResponse | undefined;
  /** What other servers would have to answer for. */
  remoteVersions?: () => readonly GroupVersion[];
  /** Puts back what is missing of an object that is made at every start, if anything is. */
  reconcileSeed?: (known: KubeObject, wanted: SeedDraft) => KubeObject;
  /**
   * What answers admission webhooks in a pod, with the reason for a refusal; undefined: nothing.
   */
  webhookAnswerOf?: (podUid: string) => ((object: KubeObject) => string | undefined) | undefined;
  /** Counts requests from outside, for /metrics. */
  metrics?: RequestMetrics;
}

/** What the definitions' prepare steps may use, for one request. */
export function writeContext(context: ServerContext, request: ApiRequest): WriteContext {
  return {
    nowMs: context.sim.clock.activityMs,
    warnings: request.warnings ?? [],
    ...(request.user && { user: request.user }),
    random: (length) => context.random.nameSuffix(length),
  };
}
