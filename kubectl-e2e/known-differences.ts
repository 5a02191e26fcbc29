// Where a real kubectl hears something else from us than it was recorded to hear, and why.

const reasons: readonly (readonly [string, string])[] = [
  ["1.36 itself: events of scaling say 'from 0'", `k-get-events k-kind-describe-deployment`],
  ['1.36 itself: pods have a generation', `k-get-kyaml k-get-list-yaml k-get-yaml`],
  [
    'since 1.31 a column VolumeAttributesClass is printed',
    'k-kind-get-pv k-kind-get-pvc k-kind-wide-pvc',
  ],
  [
    '1.36 itself: values in errors are JSON, not Go',
    `k-apply-immutable k-create-selector-mismatch`,
  ],
  ['the recorded cluster published no address of its apiserver', `k-describe-svc-kubernetes`],
  [
    '1.36 itself: leases have more fields; and a required apiVersion or kind is not told',
    `k-disc-explain-recursive`,
  ],
  ['1.36 itself: an empty creationTimestamp is left out', `k-kind-describe-podtemplate`],
  ['1.36 itself: targets of autoscalers are named after their resource', `k-kind-wide-hpa`],
  [
    '1.36 itself: a column of the status of Jobs, one of the time zone of CronJobs',
    `k-kind-get-job k-kind-wide-cronjob k-kind-wide-job`,
  ],
  [
    '1.36 itself: more kinds and versions are served than were recorded',
    `k-disc-api-resources k-disc-api-resources-name k-disc-api-resources-ns
     k-disc-api-resources-wide k-disc-api-versions`,
  ],
  [
    '1.36 itself: columns of ResourceQuotas come in another order',
    `k-kind-get-resourcequota k-kind-wide-resourcequota`,
  ],
  [
    'not yet: logs, exec and attach',
    `k-pod-attach k-pod-cp k-pod-exec k-pod-exec-multi k-pod-logs-all k-pod-logs-multi`,
  ],
];

/** Why a transcript differs, by its name. */
export const knownDifferences: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([why, names]) => names.split(/\s+/).map((name) => [name, why] as const)),
);
