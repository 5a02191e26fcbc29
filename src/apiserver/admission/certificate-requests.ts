// Who may approve and sign certificate requests, by verbs on the virtual resource 'signers', and
// that nobody gets a certificate of system:masters.
// Upstream: plugin/pkg/admission/certificates/{approval,signing,subjectrestriction}.
import { Asn1Error } from '../../api/asn1';
import { decodeBase64 } from '../../api/base64';
import { deepEqual } from '../../api/deep-equal';
import { certificateSigningRequests } from '../../api/extension-refs';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { quote } from '../../api/field-errors';
import { forbidden } from '../../api/status-error';
import { parseCertificateRequest } from '../../api/x509';
import type { UserInfo } from '../../client/transport';
import { resourceAttributes } from '../authorization/attributes';
import { authorizerOf } from '../authorization/authorizer';
import type { ServerContext } from '../context';
import { spokenName } from '../metadata';
import type { AdmissionRequest, AdmissionStep } from './chain';

const { key, group } = certificateSigningRequests;
const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';

export const certificateApproval: AdmissionStep = {
  name: 'CertificateApproval',
  operations: ['UPDATE'],
  resources: [key],
  subresources: ['approval'],
  validate: (_object, admission) => checkSigner(admission, 'approve'),
};

export const certificateSigning: AdmissionStep = {
  name: 'CertificateSigning',
  operations: ['UPDATE'],
  resources: [key],
  subresources: ['status'],
  validate(object, admission) {
    const { status } = object as CertificateSigningRequest;
    const old = admission.old as CertificateSigningRequest;
    const { certificate, conditions = [] } = old.status;
    if (status.certificate === certificate && deepEqual(status.conditions ?? [], conditions))
      return;
    checkSigner(admission, 'sign');
  },
};

export const certificateSubjectRestriction: AdmissionStep = {
  name: 'CertificateSubjectRestriction',
  operations: ['CREATE'],
  resources: [key],
  validate(object) {
    const { spec, metadata } = object as CertificateSigningRequest;
    if (spec.signerName !== CLIENT_SIGNER) return;
    const refuse = (why: string): never => {
      throw forbidden(certificateSigningRequests, spokenName(metadata), why);
    };
    const masters = `use of ${CLIENT_SIGNER} signer with system:masters group is not allowed`;
    if (organizationOf(spec.request, refuse).includes('system:masters')) refuse(masters);
  },
};

function organizationOf(request: string, refuse: (why: string) => never): readonly string[] {
  try {
    return parseCertificateRequest(decodeBase64(request ?? '')).subject.organization;
  } catch (error) {
    if (!(error instanceof Asn1Error || error instanceof RangeError)) throw error;
    return refuse(`failed to parse CSR: ${error.message}`);
  }
}

function checkSigner({ request, old, context }: AdmissionRequest, verb: 'approve' | 'sign'): void {
  const { spec, metadata } = old as CertificateSigningRequest;
  const { user } = request;
  if (!user || maySign(context, user, verb, spec.signerName)) return;
  const what = `user not permitted to ${verb} requests with signerName ${quote(spec.signerName)}`;
  throw forbidden(certificateSigningRequests, metadata.name, what);
}

/** By the signer's own name or by all signers of its domain. */
function maySign(context: ServerContext, user: UserInfo, verb: string, signer: string): boolean {
  const domain = signer.replace(/\/.*/, '/*');
  return [signer, domain].some((name) => {
    const attributes = { apiGroup: group, apiVersion: '*', resource: 'signers', name };
    return authorizerOf(context).authorize(resourceAttributes(user, verb, attributes)).allowed;
  });
}
