// The CSR approving controller: approves what kubelets ask for themselves, when a
// SubjectAccessReview says that the requestor may create 'selfnodeclient' or 'nodeclient' requests.
// Upstream: pkg/controller/certificates/approver/sarapprove.go.
import { decodeBase64 } from '../../api/base64';
import { certificateSigningRequests, subjectAccessReviews } from '../../api/extension-refs';
import type { CertificateSigningRequest, SubjectAccessReview } from '../../api/extension-types';
import { kubeletClientProblem } from '../../api/kubelet-certificates';
import { parseCertificateRequest, type CertificateRequest } from '../../api/x509';
import type { Client } from '../../client/client';
import type { Controller } from '../controller';
import { forEachSigningRequest } from '../signing-requests';

const { group, resource } = certificateSigningRequests;

interface Recognizer {
  readonly subresource: string;
  readonly message: string;
  recognizes(csr: CertificateSigningRequest, request: CertificateRequest): boolean;
}

const RECOGNIZERS: readonly Recognizer[] = [
  {
    subresource: 'selfnodeclient',
    message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
    recognizes: (csr, request) =>
      isKubeletClient(csr, request) && csr.spec.username === request.subject.commonName,
  },
  {
    subresource: 'nodeclient',
    message: 'Auto approving kubelet client certificate after SubjectAccessReview.',
    recognizes: isKubeletClient,
  },
];

export const csrApprovingController: Controller = {
  name: 'certificatesigningrequest-approving',
  eventSource: 'certificate-controller',
  workers: 5,
  start: (context) => forEachSigningRequest(context, (csr) => consider(context.client, csr)),
};

function consider(client: Client, csr: CertificateSigningRequest): void {
  if (csr.status.certificate || isDecided(csr)) return;
  const request = parseCertificateRequest(decodeBase64(csr.spec.request));
  const known = RECOGNIZERS.filter(({ recognizes }) => recognizes(csr, request));
  const granted = known.find(({ subresource }) => mayAsk(client, csr, subresource));
  if (granted) approve(client, csr, granted.message);
  else if (known.length > 0) throw new Error(notApproved(csr.metadata.name, known));
}

function isKubeletClient(
  { spec }: CertificateSigningRequest,
  request: CertificateRequest,
): boolean {
  if (spec.signerName !== 'kubernetes.io/kube-apiserver-client-kubelet') return false;
  return kubeletClientProblem(request, spec.usages ?? []) === undefined;
}

function isDecided({ status }: CertificateSigningRequest): boolean {
  return status.conditions?.some(({ type }) => type === 'Approved' || type === 'Denied') ?? false;
}

function mayAsk(client: Client, { spec }: CertificateSigningRequest, subresource: string): boolean {
  const { username: user = '', uid, groups, extra } = spec;
  const resourceAttributes = { group, resource, subresource, verb: 'create' };
  const review = client.create(subjectAccessReviews, {
    metadata: {},
    spec: { user, uid, groups, extra, resourceAttributes },
  } as never) as SubjectAccessReview;
  return review.status.allowed;
}

function approve(client: Client, csr: CertificateSigningRequest, message: string): void {
  const condition = { type: 'Approved', status: 'True', reason: 'AutoApproved', message };
  const conditions = [...(csr.status.conditions ?? []), condition];
  const approved = { ...csr, status: { ...csr.status, conditions } };
  client.updateSubresource(certificateSigningRequests, approved, 'approval');
}

function notApproved(name: string, known: readonly Recognizer[]): string {
  const tried = known.map(({ subresource }) => subresource).join(' ');
  return `recognized csr "${name}" as [${tried}] but subject access review was not approved`;
}
