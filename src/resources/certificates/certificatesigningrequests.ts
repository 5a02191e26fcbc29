// CertificateSigningRequests: what is asked for never changes, who decides and who signs each have
// an endpoint of their own. Upstream: pkg/registry/certificates/certificates/strategy.go.
import { humanDuration } from '../../api/duration';
import { certificateSigningRequests } from '../../api/extension-refs';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { formatTime } from '../../api/time';
import { without } from '../../api/without';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition, WriteContext } from '../definition';
import { validateRequest, validateRequestUpdate } from './csr-validation';

type Condition = NonNullable<CertificateSigningRequest['status']['conditions']>[number];

export const csrDefinition: ResourceDefinition<CertificateSigningRequest> = {
  ref: certificateSigningRequests,
  singular: 'certificatesigningrequest',
  listKind: 'CertificateSigningRequestList',
  shortNames: ['csr'],
  nameFormat: 'path-segment',
  subresources: ['approval', 'status'],
  selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName ?? '' },
  applyDefaults(csr) {
    csr.spec ??= { request: undefined as never, signerName: '' };
    csr.status ??= {};
    return csr;
  },
  prepareForCreate(csr, { user }) {
    const asked = without(csr.spec, 'username', 'uid', 'groups', 'extra');
    const spec = {
      ...asked,
      ...(user && {
        username: user.username,
        ...(user.uid && { uid: user.uid }),
        ...(user.groups?.length && { groups: [...user.groups] }),
        ...(user.extra && { extra: user.extra as never }),
      }),
    };
    return { ...csr, spec, status: {} };
  },
  prepareForUpdate: (csr, old) => ({ ...csr, spec: old.spec, status: old.status }),
  prepareForStatusUpdate: (csr, old, context) => ({
    ...csr,
    spec: old.spec,
    status: { ...csr.status, ...timed(csr, old, context) },
  }),
  validateCreate: validateRequest,
  validateUpdate: (csr, old, errors) => validateRequestUpdate(csr, old, errors, 'nothing'),
  validateStatusUpdate: (csr, old, errors) => validateRequestUpdate(csr, old, errors, 'sign'),
  columns: [
    nameColumn,
    ageColumn,
    column(
      'SignerName',
      'string',
      'Requested signer for the request. It is a qualified name in the form: ' +
        '`scope-hostname.io/name`. If empty, it will be defaulted:\n' +
        " 1. If it's a kubelet client certificate, it is assigned\n" +
        '    "kubernetes.io/kube-apiserver-client-kubelet".\n' +
        " 2. If it's a kubelet serving certificate, it is assigned\n" +
        '    "kubernetes.io/kubelet-serving".\n' +
        ' 3. Otherwise, it is assigned "kubernetes.io/legacy-unknown".\n' +
        'Distribution of trust for signers happens out of band. ' +
        'You can select on this field using `spec.signerName`.',
      ({ spec }) => spec.signerName,
    ),
    column(
      'Requestor',
      'string',
      'Base64-encoded PKCS#10 CSR data',
      ({ spec }) => spec.username ?? '',
    ),
    column(
      'RequestedDuration',
      'string',
      'expirationSeconds is the requested duration of validity of the issued certificate. The ' +
        'certificate signer may issue a certificate with a different validity duration so a ' +
        'client must check the delta between the notBefore and and notAfter fields in the ' +
        'issued certificate to determine the actual duration.\n\n' +
        'The v1.22+ in-tree implementations of the well-known Kubernetes signers will honor this ' +
        'field as long as the requested duration is not greater than the maximum duration they ' +
        'will honor per the --cluster-signing-duration CLI flag to the Kubernetes controller ' +
        'manager.\n\n' +
        'Certificate signers may not honor this field for various reasons:\n\n' +
        '  1. Old signer that is unaware of the field (such as the in-tree\n' +
        '     implementations prior to v1.22)\n' +
        '  2. Signer whose configured maximum is shorter than the requested duration\n' +
        '  3. Signer whose configured minimum is longer than the requested duration\n\n' +
        'The minimum valid value for expirationSeconds is 600, i.e. 10 minutes.',
      ({ spec: { expirationSeconds: seconds } }) =>
        seconds == null ? '<none>' : humanDuration(seconds * 1000),
    ),
    column(
      'Condition',
      'string',
      'Conditions applied to the request, such as approval or denial.',
      conditionText,
    ),
  ],
};

/** As the definition, for the endpoint by which requests are approved and denied. */
export const approvalDefinition: ResourceDefinition<CertificateSigningRequest> = {
  ...csrDefinition,
  statusLike: 'approval',
  prepareForStatusUpdate: (csr, old, context) => ({
    ...csr,
    spec: old.spec,
    status: { ...without(old.status, 'conditions'), ...timed(csr, old, context) },
  }),
  validateStatusUpdate: (csr, old, errors) => validateRequestUpdate(csr, old, errors, 'decide'),
};

/** The new conditions with the times that are missing from them. */
function timed(
  { status }: CertificateSigningRequest,
  old: CertificateSigningRequest,
  { nowMs }: WriteContext,
): { conditions?: Condition[] } {
  if (!status.conditions?.length) return {};
  const now = formatTime(nowMs);
  const conditions = status.conditions.map((condition) => {
    const same = old.status.conditions?.find(
      ({ type, status: is }) => type === condition.type && is === condition.status,
    );
    return {
      ...condition,
      lastUpdateTime: condition.lastUpdateTime ?? now,
      lastTransitionTime: condition.lastTransitionTime ?? same?.lastTransitionTime ?? now,
    };
  });
  return { conditions };
}

function conditionText({ status }: CertificateSigningRequest): string {
  const has = (type: string): boolean =>
    status.conditions?.some((condition) => condition.type === type) ?? false;
  const words = [
    has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending',
    ...(has('Failed') ? ['Failed'] : []),
    ...(status.certificate ? ['Issued'] : []),
  ];
  return words.join(',');
}
