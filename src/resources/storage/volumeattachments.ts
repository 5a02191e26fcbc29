// VolumeAttachments. Upstream: pkg/registry/storage/volumeattachment/strategy.go,
// pkg/apis/storage/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import { volumeAttachments } from '../../api/extension-refs';
import type { VolumeAttachment } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsSubdomain } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import { validateDriverName } from '../core/persistentvolume-sources';
import { validateVolumeSpec } from '../core/persistentvolume-validation';
import type { ResourceDefinition } from '../definition';
import { goStruct, type GoStructs } from '../go-struct';

const METADATA_BYTES_MAX = 256 * 1024;
const MESSAGE_BYTES_MAX = 1024;
const ONE_SOURCE = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

const STRUCTS: GoStructs = {
  Spec: 'Attacher:s Source:Source! NodeName:s',
  Source: 'PersistentVolumeName:? InlineVolumeSpec:?',
};

export const volumeAttachmentDefinition: ResourceDefinition<VolumeAttachment> = {
  ref: volumeAttachments,
  singular: 'volumeattachment',
  listKind: 'VolumeAttachmentList',
  subresources: ['status'],
  applyDefaults(attachment) {
    attachment.spec ??= {} as VolumeAttachment['spec'];
    attachment.spec.source ??= {};
    return attachment;
  },
  prepareForCreate(attachment) {
    attachment.status = { attached: false };
    return attachment;
  },
  validate: ({ spec }, errors) => validateSpec(spec, errors),
  validateCreate({ spec }, errors) {
    validateDriverName(spec.attacher ?? '', 'spec.attacher', errors);
    const { persistentVolumeName: name } = spec.source ?? {};
    if (name != null) {
      errors.invalidEach('spec.source.persistentVolumeName', name, dnsSubdomain(name));
    }
  },
  validateUpdate({ spec }, { spec: old }, errors) {
    if (deepEqual(spec, old)) return;
    errors.invalid('spec', goStruct(spec, 'Spec', STRUCTS), 'field is immutable');
  },
  validateStatusUpdate: ({ status }, _old, errors) => validateStatus(status, errors),
  columns: [
    nameColumn,
    column(
      'Attacher',
      'string',
      'attacher indicates the name of the volume driver that MUST handle this request. This is ' +
        'the name returned by GetPluginName().',
      ({ spec }) => spec.attacher,
    ),
    column(
      'PV',
      'string',
      'persistentVolumeName represents the name of the persistent volume to attach.',
      ({ spec }) => spec.source.persistentVolumeName ?? '',
    ),
    column(
      'Node',
      'string',
      'nodeName represents the node that the volume should be attached to.',
      ({ spec }) => spec.nodeName,
    ),
    column(
      'Attached',
      'boolean',
      'attached indicates the volume is successfully attached. This field must only be set by ' +
        'the entity completing the attach operation, i.e. the external-attacher.',
      ({ status }) => status?.attached ?? false,
    ),
    ageColumn,
  ],
};

function validateSpec(
  { attacher, source, nodeName }: VolumeAttachment['spec'],
  errors: FieldErrors,
): void {
  if (!attacher) errors.required('spec.attacher');
  const { inlineVolumeSpec: inline, persistentVolumeName: name } = source ?? {};
  if (inline == null && name == null) errors.required('spec.source', ONE_SOURCE);
  else if (inline != null && name != null) errors.forbidden('spec.source', ONE_SOURCE);
  else if (inline != null) validateVolumeSpec(inline, 'spec.source.inlineVolumeSpec', errors, true);
  else if (name === '') {
    const why = 'must specify non empty persistentVolumeName';
    errors.required('spec.source.persistentVolumeName', why);
  }
  errors.invalidEach('spec.nodeName', nodeName ?? '', dnsSubdomain(nodeName ?? ''));
}

function validateStatus(status: VolumeAttachment['status'], errors: FieldErrors): void {
  let size = 0;
  for (const [key, value] of Object.entries(status.attachmentMetadata ?? {})) {
    size += key.length + value.length;
  }
  if (size > METADATA_BYTES_MAX) errors.tooLong('status.attachmentMetadata', METADATA_BYTES_MAX);
  for (const field of ['attachError', 'detachError'] as const) {
    const { message = '', errorCode } = status[field] ?? {};
    if (message.length > MESSAGE_BYTES_MAX) {
      errors.tooLong(`status.${field}.message`, METADATA_BYTES_MAX);
    }
    if (errorCode != null && errorCode < 0) {
      const why = 'must be between 0 and 2147483647, inclusive';
      errors.invalid(`status.${field}.errorCode`, errorCode, why);
    }
  }
}
