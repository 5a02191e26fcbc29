// Admission that the cluster's own objects configure. Its steps would see every request, so they
// join the chain only once there is something for them to do: most clusters never have any.
import {
  mutatingAdmissionPolicies,
  mutatingWebhookConfigurations,
  validatingAdmissionPolicies,
  validatingWebhookConfigurations,
} from '../../../api/extension-refs';
import type { ApiServer } from '../../server';
import type { AdmissionStep } from '../chain';
import { mutatingAdmissionWebhook, validatingAdmissionWebhook } from './admission-webhooks';
import { mutatingAdmissionPolicy } from './mutating-admission-policy';
import { validatingAdmissionPolicy } from './validating-admission-policy';

const STEPS: readonly (readonly [string, AdmissionStep])[] = [
  [mutatingAdmissionPolicies.key, mutatingAdmissionPolicy],
  [mutatingWebhookConfigurations.key, mutatingAdmissionWebhook],
  [validatingAdmissionPolicies.key, validatingAdmissionPolicy],
  [validatingWebhookConfigurations.key, validatingAdmissionWebhook],
];

/** The part of kube-apiserver that waits for the first policy or webhook of each sort. */
export const dynamicAdmission = {
  name: 'dynamic-admission',
  start(server: ApiServer): void {
    for (const [table, step] of STEPS) awaitFirst(server, table, step);
  },
};

function awaitFirst(server: ApiServer, table: string, step: AdmissionStep): void {
  const { store, context } = server;
  const join = (): void => context.admission.add([step]);
  if (store.count(table) > 0) {
    join();
    return;
  }
  const stop = store.watch(table, { namespace: '' }, store.revision, {
    event: () => {
      stop();
      join();
    },
    closed: () => awaitFirst(server, table, step),
  });
}
