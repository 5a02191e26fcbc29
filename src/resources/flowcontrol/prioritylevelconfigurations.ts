// PriorityLevelConfigurations. Upstream: pkg/registry/flowcontrol/prioritylevelconfiguration,
// pkg/apis/flowcontrol/{v1/defaults.go,validation/validation.go}.
import type { IQueuingConfiguration } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/QueuingConfiguration';
import { priorityLevelConfigurations } from '../../api/extension-refs';
import type { PriorityLevelConfiguration } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

const TYPES = ['Exempt', 'Limited'];
const RESPONSES = ['Queue', 'Reject'];
const QUEUES_MAX = 10_000_000;
/** What shuffle sharding's random bits allow. */
const ENTROPY_BITS_MAX = 60;

export const priorityLevelConfigurationDefinition: ResourceDefinition<PriorityLevelConfiguration> =
  {
    ref: priorityLevelConfigurations,
    singular: 'prioritylevelconfiguration',
    listKind: 'PriorityLevelConfigurationList',
    subresources: ['status'],
    hasGeneration: true,
    applyDefaults,
    prepareForCreate(level) {
      level.status = {};
      return level;
    },
    validate,
    columns: [
      nameColumn,
      column(
        'Type',
        'string',
        '`type` indicates whether this priority level is subject to limitation on request ' +
          'execution.  A value of `"Exempt"` means that requests of this priority level are not ' +
          'subject to a limit (and thus are never queued) and do not detract from the capacity ' +
          'made available to other priority levels.  A value of `"Limited"` means that (a) ' +
          'requests of this priority level _are_ subject to limits and (b) some of the ' +
          "server's limited capacity is made available exclusively to this priority level. " +
          'Required.',
        ({ spec }) => spec.type,
      ),
      column(
        'NominalConcurrencyShares',
        'string',
        '`nominalConcurrencyShares` (NCS) contributes to the computation of the ' +
          'NominalConcurrencyLimit (NominalCL) of this level. This is the number of execution ' +
          'seats available at this priority level. This is used both for requests dispatched ' +
          'from this priority level as well as requests dispatched from other priority levels ' +
          "borrowing seats from this level. The server's concurrency limit (ServerCL) is divided " +
          'among the Limited priority levels in proportion to their NCS values:\n\n' +
          'NominalCL(i)  = ceil( ServerCL * NCS(i) / sum_ncs ) sum_ncs = sum[priority level k] ' +
          'NCS(k)\n\nBigger numbers mean a larger nominal concurrency limit, at the expense of ' +
          'every other priority level.\n\nIf not specified, this field defaults to a value of ' +
          '30.\n\nSetting this field to zero supports the construction of a "jail" for this ' +
          'priority level that is used to hold some request(s)',
        ({ spec }) => spec.limited?.nominalConcurrencyShares ?? '<none>',
      ),
      column(
        'Queues',
        'string',
        '`queues` is the number of queues for this priority level. The queues exist ' +
          'independently at each apiserver. The value must be positive.  Setting it to 1 ' +
          'effectively precludes shufflesharding and thus makes the distinguisher method of ' +
          'associated flow schemas irrelevant.  This field has a default value of 64.',
        ({ spec }) => queuingOf(spec)?.queues ?? '<none>',
      ),
      column(
        'HandSize',
        'string',
        '`handSize` is a small positive number that configures the shuffle sharding of ' +
          'requests into queues.  When enqueuing a request at this priority level the ' +
          "request's flow identifier (a string pair) is hashed and the hash value is used to " +
          'shuffle the list of queues and deal a hand of the size specified here.  The request ' +
          'is put into one of the shortest queues in that hand. `handSize` must be no larger ' +
          'than `queues`, and should be significantly smaller (so that a few heavy flows do not ' +
          'saturate most of the queues).  See the user-facing documentation for more extensive ' +
          'guidance on setting this field.  This field has a default value of 8.',
        ({ spec }) => queuingOf(spec)?.handSize ?? '<none>',
      ),
      column(
        'QueueLengthLimit',
        'string',
        '`queueLengthLimit` is the maximum number of requests allowed to be waiting in a given ' +
          'queue of this priority level at a time; excess requests are rejected.  This value ' +
          'must be positive.  If not specified, it will be defaulted to 50.',
        ({ spec }) => queuingOf(spec)?.queueLengthLimit ?? '<none>',
      ),
      ageColumn,
    ],
  };

function queuingOf({
  limited,
}: PriorityLevelConfiguration['spec']): IQueuingConfiguration | undefined {
  return limited?.limitResponse?.queuing;
}

function applyDefaults(level: PriorityLevelConfiguration): PriorityLevelConfiguration {
  level.spec ??= { type: '' };
  const { spec } = level;
  if (spec.exempt) {
    spec.exempt = { nominalConcurrencyShares: 0, lendablePercent: 0, ...spec.exempt };
  }
  if (!spec.limited) return level;
  const { limitResponse = { type: '' } } = spec.limited;
  const { queuing } = limitResponse;
  spec.limited = {
    nominalConcurrencyShares: 30,
    lendablePercent: 0,
    ...spec.limited,
    limitResponse: {
      ...limitResponse,
      ...(queuing && {
        queuing: {
          queues: queuing.queues || 64,
          handSize: queuing.handSize || 8,
          queueLengthLimit: queuing.queueLengthLimit || 50,
        },
      }),
    },
  };
  return level;
}

function validate({ metadata, spec }: PriorityLevelConfiguration, errors: FieldErrors): void {
  const isExempt = metadata.name === 'exempt';
  if (isExempt !== (spec.type === 'Exempt')) {
    const why = "type must be 'Exempt' if and only if `name` is 'exempt'";
    errors.invalid('spec.type', spec.type ?? '', why);
  }
  if (spec.type === 'Exempt') {
    if (spec.limited) {
      errors.forbidden('spec.limited', 'must be nil if the type is not Limited');
    }
    const { nominalConcurrencyShares: shares = 0, lendablePercent = 0 } = spec.exempt ?? {};
    if (shares < 0) {
      errors.invalid(
        'spec.exempt.nominalConcurrencyShares',
        shares,
        'must be a non-negative integer',
      );
    }
    validatePercent(lendablePercent, 'spec.exempt.lendablePercent', errors);
  } else if (spec.type === 'Limited') {
    if (spec.exempt) errors.forbidden('spec.exempt', 'must be nil if the type is Limited');
    if (!spec.limited) errors.required('spec.limited', 'must not be empty when type is Limited');
    else validateLimited(spec.limited, errors);
  } else errors.notSupported('spec.type', spec.type ?? '', TYPES);
}

function validateLimited(
  limited: NonNullable<PriorityLevelConfiguration['spec']['limited']>,
  errors: FieldErrors,
): void {
  const { nominalConcurrencyShares: shares = 0, lendablePercent = 0 } = limited;
  if (shares < 0) {
    const path = 'spec.limited.nominalConcurrencyShares';
    errors.invalid(path, shares, 'must be a non-negative integer');
  }
  const { type, queuing } = limited.limitResponse ?? { type: '' };
  const path = 'spec.limited.limitResponse';
  if (type === 'Reject') {
    if (queuing) {
      const why = 'must be nil if limited.limitResponse.type is not Limited';
      errors.forbidden(`${path}.queuing`, why);
    }
  } else if (type === 'Queue') {
    if (queuing) validateQueuing(queuing, `${path}.queuing`, errors);
    else {
      const why = 'must not be empty if limited.limitResponse.type is Limited';
      errors.required(`${path}.queuing`, why);
    }
  } else errors.notSupported(`${path}.type`, type, RESPONSES);
  validatePercent(lendablePercent, 'spec.limited.lendablePercent', errors);
  const { borrowingLimitPercent: borrowing } = limited;
  if (borrowing != null && borrowing < 0) {
    const at = 'spec.limited.borrowingLimitPercent';
    errors.invalid(at, borrowing, 'if specified, must be a non-negative integer');
  }
}

function validatePercent(percent: number, path: string, errors: FieldErrors): void {
  if (percent >= 0 && percent <= 100) return;
  errors.invalid(path, percent, 'must be between 0 and 100, inclusive');
}

function validateQueuing(
  { queueLengthLimit = 0, queues = 0, handSize = 0 }: IQueuingConfiguration,
  path: string,
  errors: FieldErrors,
): void {
  if (queueLengthLimit <= 0) {
    errors.invalid(`${path}.queueLengthLimit`, queueLengthLimit, 'must be positive');
  }
  if (queues <= 0) errors.invalid(`${path}.queues`, queues, 'must be positive');
  else if (queues > QUEUES_MAX) {
    const why = `must not be greater than ${QUEUES_MAX}`;
    errors.invalid(`${path}.queues`, queues, why);
  }
  const at = `${path}.handSize`;
  if (handSize <= 0) errors.invalid(at, handSize, 'must be positive');
  else if (handSize > queues) {
    errors.invalid(at, handSize, `should not be greater than queues (${queues})`);
  } else if (entropyBits(queues, handSize) > ENTROPY_BITS_MAX) {
    const bits = entropyBits(queues, handSize);
    const why =
      `required entropy bits of deckSize ${queues} and handSize ${handSize} ` +
      `should not be greater than ${ENTROPY_BITS_MAX}: ${bits}`;
    errors.invalid(at, handSize, why);
  }
}

function entropyBits(deck: number, hand: number): number {
  return Math.ceil(Math.log2(deck) * hand);
}
