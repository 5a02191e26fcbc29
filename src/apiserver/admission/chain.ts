// Admission: the ordered steps that may change or refuse a write after decoding. What changes comes
// before the kind's own validation, what only refuses comes after it, as with the real server.
// Steps are grouped by operation, resource and subresource once, so that a write runs only those
// which can concern it. Upstream: pkg/kubeapiserver/options/plugins.go.
import type { KubeObject } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import type { ApiRequest } from '../../client/transport';
import type { RandomStream } from '../../sim/rng';
import type { Store } from '../../store/store';
import type { ServerContext } from '../context';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** The plugins in the order of kube-apiserver; a step's place follows from its name. */
export const PLUGIN_ORDER = [
  'NamespaceLifecycle',
  'NodeRestriction',
  'ServiceAccount',
  'TaintNodesByCondition',
  'LimitRanger',
  'PodTopologyLabels',
  'PodSecurity',
  'Priority',
  'DefaultTolerationSeconds',
  'ExtendedResourceToleration',
  'DefaultStorageClass',
  'StorageObjectInUseProtection',
  'PersistentVolumeClaimResize',
  'RuntimeClass',
  'CertificateApproval',
  'CertificateSigning',
  'ClusterTrustBundleAttest',
  'CertificateSubjectRestriction',
  'DefaultIngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionWebhook',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionWebhook',
  'ResourceQuota',
  // No plugins: what the real server's storages of roles and bindings, and of claims, check.
  'RoleEscalation',
  'DeviceAdminAccess',
] as const;

export type PluginName = (typeof PLUGIN_ORDER)[number];

export interface AdmissionRequest {
  readonly operation: Operation;
  readonly ref: ResourceRef;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly old: KubeObject | undefined;
  readonly store: Store;
  readonly random: RandomStream;
  /** The whole request: its user, options and warnings. */
  readonly request: ApiRequest;
  readonly context: ServerContext;
}

export interface AdmissionStep {
  /** The admission plugin's name, as kube-apiserver's flags know it. */
  readonly name: PluginName;
  readonly operations: readonly Operation[];
  /** Resource keys, or every resource. */
  readonly resources: readonly string[] | '*';
  /** '' is the object itself, which alone a step sees unless it names others; or all of them. */
  readonly subresources?: readonly string[] | '*';
  /** Returns the object to go on with; throws StatusError to refuse. */
  admit?(object: KubeObject, request: AdmissionRequest): KubeObject;
  /** Sees the object as it would be stored, after its validation; throws StatusError to refuse. */
  validate?(object: KubeObject, request: AdmissionRequest): void;
}

interface Steps {
  readonly admit: readonly Required<Pick<AdmissionStep, 'admit'>>[];
  readonly validate: readonly Required<Pick<AdmissionStep, 'validate'>>[];
}

export class AdmissionChain {
  /** By operation, resource and subresource: a key of them all would be made for each write. */
  private known = new Map<Operation, Map<string, Map<string, Steps>>>();
  private steps: readonly AdmissionStep[] = [];

  constructor(steps: readonly AdmissionStep[]) {
    this.add(steps);
  }

  /** Puts more steps in their places; those that are there already stay. */
  add(steps: readonly AdmissionStep[]): void {
    const rank = ({ name }: AdmissionStep): number => PLUGIN_ORDER.indexOf(name);
    const fresh = steps.filter((step) => !this.steps.includes(step));
    this.steps = [...this.steps, ...fresh].sort((a, b) => rank(a) - rank(b));
    this.known = new Map();
  }

  admit(object: KubeObject, request: AdmissionRequest): KubeObject {
    const { operation, ref, subresource } = request;
    let admitted = object;
    for (const step of this.stepsFor(operation, ref.key, subresource).admit) {
      admitted = step.admit(admitted, request);
    }
    return admitted;
  }

  validate(object: KubeObject, request: AdmissionRequest): void {
    const { operation, ref, subresource } = request;
    for (const step of this.stepsFor(operation, ref.key, subresource).validate) {
      step.validate(object, request);
    }
  }

  /** False when no step would look at such a write. */
  concerns(operation: Operation, resource: string, subresource: string): boolean {
    return this.stepsFor(operation, resource, subresource) !== NO_STEPS;
  }

  private stepsFor(operation: Operation, resource: string, subresource: string): Steps {
    const known = this.known.get(operation)?.get(resource)?.get(subresource);
    if (known) return known;
    const own = this.steps.filter((step) => concerns(step, operation, resource, subresource));
    const steps = own.length > 0 ? stepsOf(own) : NO_STEPS;
    const ofOperation = innerMap(this.known, operation);
    innerMap(ofOperation, resource).set(subresource, steps);
    return steps;
  }
}

function innerMap<K, T>(maps: Map<K, Map<string, T>>, key: K): Map<string, T> {
  let inner = maps.get(key);
  if (!inner) maps.set(key, (inner = new Map<string, T>()));
  return inner;
}

const NO_STEPS: Steps = { admit: [], validate: [] };

function stepsOf(own: readonly AdmissionStep[]): Steps {
  return {
    admit: own.filter((step) => step.admit !== undefined) as never,
    validate: own.filter((step) => step.validate !== undefined) as never,
  };
}

function concerns(
  { operations, resources, subresources = [''] }: AdmissionStep,
  operation: Operation,
  key: string,
  subresource: string,
): boolean {
  return (
    operations.includes(operation) &&
    (resources === '*' || resources.includes(key)) &&
    (subresources === '*' || subresources.includes(subresource))
  );
}

/** Shows admission what a subresource is sent in a shape of its own, such as a Binding. */
export function admitPart<T extends KubeObject>(
  context: ServerContext,
  { ref }: { readonly ref: ResourceRef },
  request: ApiRequest,
  operation: Operation,
  object: T,
  old?: KubeObject,
): T {
  const { admission } = context;
  const { namespace, name, subresource } = request;
  if (!admission.concerns(operation, ref.key, subresource)) return object;
  const about = admissionRequest(context, request, operation, ref, namespace, name, old);
  const admitted = admission.admit(object, about);
  admission.validate(admitted, about);
  return admitted as T;
}

/** What the steps are told of a request. */
export function admissionRequest(
  context: ServerContext,
  request: ApiRequest,
  operation: Operation,
  ref: ResourceRef,
  namespace: string,
  name: string,
  old: KubeObject | undefined,
): AdmissionRequest {
  const { store, random } = context;
  const { subresource } = request;
  return { operation, ref, subresource, namespace, name, old, store, random, request, context };
}
