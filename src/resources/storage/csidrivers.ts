// CSIDrivers. Upstream: pkg/registry/storage/csidriver/strategy.go,
// pkg/apis/storage/v1/defaults.go, pkg/apis/storage/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import { csiDrivers } from '../../api/extension-refs';
import type { CSIDriver, CSIDriverSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

const GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const LIFECYCLE_MODES = ['Persistent', 'Ephemeral'];
const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 2 ** 32;
const UPDATE_SECONDS_MIN = 10;

const ATTACH =
  'attachRequired indicates this CSI volume driver requires an attach operation, and that the ' +
  'Kubernetes attach detach controller should call the attach volume interface which checks ' +
  'the volumeattachment status and waits until the volume is attached before proceeding to ' +
  'mounting. This field is immutable.';
const POD_INFO =
  'podInfoOnMount indicates this CSI volume driver requires additional pod information (like ' +
  'podName, podUID, etc.) during mount operations, if set to true. Default is false.';
const CAPACITY =
  'storageCapacity indicates that the CSI volume driver wants pod scheduling to consider the ' +
  'storage capacity that the driver deployment will report by creating CSIStorageCapacity ' +
  'objects with capacity information, if set to true.';
const TOKENS =
  "tokenRequests indicates the CSI driver needs pods' service account tokens it is mounting " +
  'volume for to do necessary authentication.';
const REPUBLISH =
  'requiresRepublish indicates the CSI driver wants `NodePublishVolume` being periodically ' +
  'called to reflect any possible change in the mounted volume. This field defaults to false.';
const MODES = 'volumeLifecycleModes defines what kind of volumes this CSI volume driver supports.';

export const csiDriverDefinition: ResourceDefinition<CSIDriver> = {
  ref: csiDrivers,
  singular: 'csidriver',
  listKind: 'CSIDriverList',
  applyDefaults(driver) {
    driver.spec ??= {};
    const { spec } = driver;
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent'];
    spec.requiresRepublish ??= false;
    spec.seLinuxMount ??= false;
    return driver;
  },
  /** It has none before its first change. */
  prepareForUpdate(driver, old) {
    if (deepEqual(driver.spec, old.spec)) return driver;
    driver.metadata.generation = (old.metadata.generation ?? 0) + 1;
    return driver;
  },
  validate: ({ spec }, errors) => validateSpec(spec, errors),
  validateUpdate({ spec }, { spec: old }, errors) {
    if (spec.attachRequired !== old.attachRequired) {
      errors.invalid('spec.attachedRequired', spec.attachRequired, 'field is immutable');
    }
    if (!deepEqual(spec.volumeLifecycleModes, old.volumeLifecycleModes)) {
      const why = 'field is immutable';
      errors.invalid('spec.volumeLifecycleModes', spec.volumeLifecycleModes, why);
    }
  },
  columns: [
    nameColumn,
    column('AttachRequired', 'boolean', ATTACH, ({ spec }) => spec.attachRequired ?? true),
    column('PodInfoOnMount', 'boolean', POD_INFO, ({ spec }) => spec.podInfoOnMount ?? false),
    column('StorageCapacity', 'boolean', CAPACITY, ({ spec }) => spec.storageCapacity ?? false),
    column('TokenRequests', 'string', TOKENS, tokensText),
    column(
      'RequiresRepublish',
      'boolean',
      REPUBLISH,
      ({ spec }) => spec.requiresRepublish ?? false,
    ),
    column('Modes', 'string', MODES, ({ spec }) =>
      spec.volumeLifecycleModes?.length ? spec.volumeLifecycleModes.join(',') : '<none>',
    ),
    ageColumn,
  ],
};

function tokensText({ spec: { tokenRequests = [] } }: CSIDriver): string {
  const audiences = tokenRequests.map(({ audience }) => audience || '<none>');
  return audiences.length > 0 ? audiences.join(',') : '<unset>';
}

function validateSpec(spec: CSIDriverSpec, errors: FieldErrors): void {
  const { fsGroupPolicy, nodeAllocatableUpdatePeriodSeconds: period } = spec;
  if (fsGroupPolicy && !GROUP_POLICIES.includes(fsGroupPolicy)) {
    errors.notSupported('spec.fsGroupPolicy', fsGroupPolicy, GROUP_POLICIES);
  }
  validateTokens(spec.tokenRequests ?? [], errors);
  for (const mode of spec.volumeLifecycleModes ?? []) {
    if (LIFECYCLE_MODES.includes(mode)) continue;
    errors.notSupported('spec.volumeLifecycleModes', mode, LIFECYCLE_MODES);
  }
  if (period != null && period < UPDATE_SECONDS_MIN) {
    const path = 'spec.nodeAllocatableUpdatePeriodSeconds';
    errors.invalid(path, period, 'must be greater than or equal to 10 seconds');
  }
}

function validateTokens(
  tokens: readonly Partial<NonNullable<CSIDriverSpec['tokenRequests']>[number]>[],
  errors: FieldErrors,
): void {
  const audiences = new Set<string>();
  tokens.forEach(({ audience = '', expirationSeconds: seconds }, index) => {
    const path = `spec.tokenRequests[${index}]`;
    if (audiences.has(audience)) {
      errors.duplicate(`${path}.audience`, audience);
      return;
    }
    audiences.add(audience);
    if (seconds == null) return;
    const at = `${path}.expirationSeconds`;
    if (seconds < TOKEN_SECONDS_MIN) {
      errors.invalid(at, seconds, 'may not specify a duration less than 10 minutes');
    }
    if (seconds > TOKEN_SECONDS_MAX) {
      errors.invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds');
    }
  });
}
