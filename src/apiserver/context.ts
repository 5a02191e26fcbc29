// What every step of the API server works with.
import type { ResourceRef } from '../api/resource-ref';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition, WriteContext } from '../resources/definition';
import type { RandomStream } from '../sim/rng';
import type { Simulation } from '../sim/simulation';
import type { Store } from '../store/store';
import type { AdmissionChain } from './admission/chain';
import type { ServiceClaims } from './service-claims';

export interface ServerContext {
  readonly sim: Simulation;
  readonly store: Store;
  readonly random: RandomStream;
  readonly admission: AdmissionChain;
  readonly claims: ServiceClaims;
  definition(ref: ResourceRef): ResourceDefinition;
}

/** What the definitions' prepare steps may use, for one request. */
export function writeContext(context: ServerContext, request: ApiRequest): WriteContext {
  return {
    nowMs: context.sim.clock.activityMs,
    warnings: request.warnings ?? [],
    random: (length) => context.random.nameSuffix(length),
  };
}
