// The part of the API server that turns CRDs into resources: accepts their names, serves what is
// established, and empties what is being deleted. Follows the store's CRDs; every step is one write
// that leads to the next, a moment later.
// Upstream: apiextensions-apiserver/pkg/controller/{status,establish,finalizer},
// pkg/apiserver/customresource_handler.go.
import { withCondition } from '../../api/conditions';
import { deepEqual } from '../../api/deep-equal';
import { customResourceDefinitions } from '../../api/extension-refs';
import type { CustomResourceDefinition } from '../../api/extension-types';
import { resourceRef } from '../../api/resource-ref';
import { isConflict, isNotFound, methodNotSupported, StatusError } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { ApiRequest, Verb } from '../../client/transport';
import { APPROVAL } from '../../resources/apiextensions/customresourcedefinition-validation';
import { CLEANUP_FINALIZER } from '../../resources/apiextensions/customresourcedefinitions';
import type { ResourceDefinition } from '../../resources/definition';
import type { ApiServer } from '../server';
import { withAcceptedNames } from './accepted-names';
import { customDefinition } from './custom-definition';
import { customScaleHandler } from './custom-scale';

type Crd = CustomResourceDefinition;
type Condition = NonNullable<Crd['status']['conditions']>[number];

const STEP_MS = 5;
const RETRY_MS = 500;
const ACTOR = 'kube-apiserver';
const { key: TABLE } = customResourceDefinitions;

class CustomResources {
  /** What is served now: the CRD by the key of its resource. */
  private readonly served = new Map<string, Crd>();
  private stop: (() => void) | undefined;

  constructor(private readonly server: ApiServer) {}

  /** Takes up everything that the store has, and what comes. */
  begin(): void {
    this.stop?.();
    const { store } = this.server;
    for (const key of this.served.keys()) this.server.undefine(key);
    this.served.clear();
    for (const crd of this.all()) {
      this.serve(crd);
      this.later(crd.metadata.name);
    }
    this.stop = store.watch(TABLE, {}, store.revision, {
      event: (type, object) => {
        const crd = object as Crd;
        if (type === 'DELETED') this.forget(crd);
        else this.serve(crd);
        this.later(crd.metadata.name);
      },
      closed: () => undefined,
    });
  }

  private all(): Crd[] {
    return this.server.store.list(TABLE) as Crd[];
  }

  private later(name: string, delayMs = STEP_MS): void {
    this.server.sim.clock.after(delayMs, () => this.sync(name));
  }

  private sync(name: string): void {
    const crd = this.server.store.get(TABLE, '', name) as Crd | undefined;
    try {
      if (crd?.metadata.deletionTimestamp) this.finalize(crd);
      else if (crd) this.accept(crd);
      else for (const other of this.all()) if (hasConflict(other)) this.accept(other);
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error;
      this.later(name, RETRY_MS);
    }
  }

  private accept(crd: Crd): void {
    const now = formatTime(this.server.sim.clock.activityMs);
    const named = withAcceptedNames(crd, this.all(), now);
    const status = { ...named, conditions: withApproval(crd, named.conditions ?? [], now) };
    if (!deepEqual(status, crd.status)) this.writeStatus(crd, status);
  }

  private writeStatus(crd: Crd, status: Crd['status']): void {
    this.execute('update', crd.metadata.name, 'status', { ...crd, status });
  }

  private execute(verb: Verb, name: string, subresource: string, body: unknown): void {
    const ref = customResourceDefinitions;
    const manager = ACTOR;
    const request = {
      verb,
      ref,
      subresource,
      namespace: '',
      name,
      body,
      options: {},
      actor: ACTOR,
    };
    this.server.execute({ ...request, manager } as ApiRequest);
  }

  /** Serves what is established, as its CRD has it now. */
  private serve(crd: Crd): void {
    if (!isTrue(crd, 'Established')) return;
    const key = keyOf(crd);
    const before = this.served.get(key);
    const isSame =
      before !== undefined &&
      before.metadata.uid === crd.metadata.uid &&
      before.metadata.deletionTimestamp === crd.metadata.deletionTimestamp &&
      deepEqual(before.spec, crd.spec) &&
      deepEqual(before.status.acceptedNames, crd.status.acceptedNames);
    if (isSame) return;
    const definition = whileServed(crd, customDefinition(crd));
    if (before) this.server.redefine(definition);
    else this.server.define(definition);
    const scales = crd.spec.versions.find(({ subresources }) => subresources?.scale)?.subresources
      ?.scale;
    if (scales) this.server.addSubresources([customScaleHandler(key, scales)]);
    this.served.set(key, crd);
    this.describe(crd, true);
  }

  private forget(crd: Crd): void {
    const key = keyOf(crd);
    if (!this.served.delete(key)) return;
    this.server.undefine(key);
    this.describe(crd, false);
  }

  /** Tells server-side apply what the fields are, or that there is no such kind any more. */
  private describe({ spec }: Crd, isServed: boolean): void {
    const { fieldManager } = this.server.context.services;
    for (const { name, schema } of spec.versions) {
      const known = isServed ? schema?.openAPIV3Schema : undefined;
      fieldManager?.describe(`${spec.group}/${name}`, spec.names.kind, known);
    }
  }

  /** Deletes every object of the resource; when the last has gone, lets the CRD go. */
  private finalize(crd: Crd): void {
    const { finalizers = [] } = crd.metadata;
    if (!finalizers.includes(CLEANUP_FINALIZER)) return;
    const { store } = this.server;
    const key = keyOf(crd);
    const count = this.served.has(key) ? store.count(key) : 0;
    if (count > 0 && !isTrue(crd, 'Terminating')) {
      this.terminating(crd, 'InstanceDeletionInProgress', 'CustomResource deletion is in progress');
      return;
    }
    if (count > 0) {
      this.deleteInstances(key);
      this.later(crd.metadata.name, RETRY_MS);
      return;
    }
    const rest = finalizers.filter((finalizer) => finalizer !== CLEANUP_FINALIZER);
    const metadata = { ...crd.metadata, finalizers: rest };
    this.execute('update', crd.metadata.name, '', { ...crd, metadata });
  }

  private terminating(crd: Crd, reason: string, message: string): void {
    const now = formatTime(this.server.sim.clock.activityMs);
    const wanted = { type: 'Terminating', status: 'True', reason, message };
    const conditions = withCondition(crd.status.conditions ?? [], wanted, now);
    this.writeStatus(crd, { ...crd.status, conditions });
  }

  private deleteInstances(key: string): void {
    const ref = this.server.resources().find((each) => each.key === key);
    if (!ref) return;
    const verb = 'deletecollection' as const;
    const place = { subresource: '', namespace: '', name: '' };
    this.server.execute({ verb, ref, ...place, options: {}, actor: ACTOR });
  }
}

function keyOf({ spec }: Crd): string {
  return resourceRef(`${spec.group}/v1`, spec.names.plural, '').key;
}

function isTrue({ status }: Crd, wanted: string): boolean {
  const condition = status?.conditions?.find(({ type }) => type === wanted);
  return condition?.status === 'True';
}

function hasConflict({ status }: Crd): boolean {
  const accepted = status?.conditions?.find(({ type }) => type === 'NamesAccepted');
  return accepted?.status === 'False';
}

/** While it is being deleted, nothing new can be made. */
function whileServed(crd: Crd, definition: ResourceDefinition): ResourceDefinition {
  if (!crd.metadata.deletionTimestamp) return definition;
  const refuse = (): never => {
    const { code, reason, details } = methodNotSupported(definition.ref, 'create');
    const message = 'create not allowed while custom resource definition is terminating';
    throw new StatusError(code, reason, message, details);
  };
  const view = definition.view && {
    ...definition.view,
    overrides: { ...definition.view.overrides, prepareForCreate: refuse },
  };
  const views = definition.views?.map((each) => ({
    ...each,
    overrides: { ...each.overrides, prepareForCreate: refuse },
  }));
  return { ...definition, view, views, prepareForCreate: refuse };
}

/** Groups of the project itself carry a note of who approved them. */
function withApproval({ spec, metadata }: Crd, conditions: Condition[], now: string): Condition[] {
  const approval = metadata.annotations?.[APPROVAL];
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(spec.group) || approval === undefined) return conditions;
  const isApproved = !approval.startsWith('unapproved');
  return withCondition(
    conditions,
    {
      type: 'KubernetesAPIApprovalPolicyConformant',
      status: isApproved ? 'True' : 'False',
      reason: isApproved ? 'ApprovedAnnotation' : 'UnapprovedAnnotation',
      message: isApproved
        ? `approved in ${approval}`
        : `not approved: ${JSON.stringify(APPROVAL)}:${JSON.stringify(approval)}`,
    },
    now,
  );
}

const running = new WeakMap<ApiServer, CustomResources>();

/** The server program that the extension starts. */
export const customResourceProgram = {
  name: 'custom-resources',
  start(server: ApiServer): void {
    const resources = new CustomResources(server);
    running.set(server, resources);
    resources.begin();
  },
  restored(server: ApiServer): void {
    running.get(server)?.begin();
  },
};
