// Admission: the ordered steps that may change or refuse a write after decoding and before
// validation. Steps are grouped by resource once, so that a write runs only those which can concern
// it.
import type { KubeObject } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import type { RandomStream } from '../../sim/rng';
import type { Store } from '../../store/store';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

export interface AdmissionRequest {
  readonly operation: Operation;
  readonly ref: ResourceRef;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly old: KubeObject | undefined;
  readonly store: Store;
  readonly random: RandomStream;
}

export interface AdmissionStep {
  /** The admission plugin's name, as kube-apiserver's flags know it. */
  readonly name: string;
  readonly operations: readonly Operation[];
  /** Resource keys, or every resource. */
  readonly resources: readonly string[] | '*';
  /** Returns the object to go on with; throws StatusError to refuse. Sees subresources never. */
  admit(object: KubeObject, request: AdmissionRequest): KubeObject;
}

export class AdmissionChain {
  private readonly byResource = new Map<string, readonly AdmissionStep[]>();

  constructor(private readonly steps: readonly AdmissionStep[]) {}

  admit(object: KubeObject, request: AdmissionRequest): KubeObject {
    let admitted = object;
    for (const step of this.stepsFor(request.operation, request.ref.key)) {
      admitted = step.admit(admitted, request);
    }
    return admitted;
  }

  private stepsFor(operation: Operation, resource: string): readonly AdmissionStep[] {
    const key = operation + ' ' + resource;
    let steps = this.byResource.get(key);
    if (!steps) {
      steps = this.steps.filter(
        (step) =>
          step.operations.includes(operation) &&
          (step.resources === '*' || step.resources.includes(resource)),
      );
      this.byResource.set(key, steps);
    }
    return steps;
  }
}
