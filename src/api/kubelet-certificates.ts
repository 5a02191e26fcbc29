// What kubelets may ask certificates for: to be clients, and to serve.
// Upstream: pkg/apis/certificates/helpers.go.
import type { CertificateRequest } from './x509';

const CLIENT = ['client auth', 'digital signature', 'key encipherment'];
const SERVING = ['digital signature', 'key encipherment', 'server auth'];
const WITHOUT_RSA = 'key encipherment';

/** Why the request is no kubelet's for a client certificate; undefined when it is. */
export function kubeletClientProblem(
  { subject, altNames }: CertificateRequest,
  usages: readonly string[],
): string | undefined {
  if (!isOfNodes(subject.organization)) return 'subject organization is not system:nodes';
  if (altNames.dns.length > 0) return 'DNS subjectAltNames are not allowed';
  if (altNames.email.length > 0) return 'Email subjectAltNames are not allowed';
  if (altNames.ip.length > 0) return 'IP subjectAltNames are not allowed';
  if (altNames.uri.length > 0) return 'URI subjectAltNames are not allowed';
  if (!subject.commonName.startsWith('system:node:')) return NOT_A_NODE;
  return areUsages(usages, CLIENT) ? undefined : `usages did not match [${CLIENT.join(' ')}]`;
}

/** Why the request is no kubelet's for a serving certificate; undefined when it is. */
export function kubeletServingProblem(
  { subject, altNames }: CertificateRequest,
  usages: readonly string[],
): string | undefined {
  if (!isOfNodes(subject.organization)) return 'subject organization is not system:nodes';
  if (altNames.dns.length === 0 && altNames.ip.length === 0) {
    return 'DNS or IP subjectAltName is required';
  }
  if (altNames.email.length > 0) return 'Email subjectAltNames are not allowed';
  if (altNames.uri.length > 0) return 'URI subjectAltNames are not allowed';
  if (!areUsages(usages, SERVING)) return `usages did not match [${SERVING.join(' ')}]`;
  return subject.commonName.startsWith('system:node:') ? undefined : NOT_A_NODE;
}

const NOT_A_NODE = 'subject common name does not begin with system:node:';

function isOfNodes(organization: readonly string[]): boolean {
  return organization.length === 1 && organization[0] === 'system:nodes';
}

/** Exactly these, or these without the one that only RSA needs. */
function areUsages(usages: readonly string[], wanted: readonly string[]): boolean {
  const given = new Set(usages);
  const needed = given.has(WITHOUT_RSA) ? wanted : wanted.filter((usage) => usage !== WITHOUT_RSA);
  return given.size === needed.length && needed.every((usage) => given.has(usage));
}
