// The parts of the extension that hold keys: who signs tokens and certificates, who knows fixed
// tokens. The tab takes stand-ins for the keys, Node brings real ones.
import type { ClusterKeys } from '../api/cluster-keys';
import { certificateSigningRequests } from '../api/extension-refs';
import type { CertificateSigningRequest } from '../api/extension-types';
import { decodeBase64 } from '../api/base64';
import { parseCertificateRequest } from '../api/x509';
import { authenticatorOf } from '../apiserver/authentication/authenticator';
import { signToken } from '../apiserver/authentication/jwt';
import { trackingSeeds } from '../apiserver/authentication/tracking-seeds';
import { legacyClaims } from '../apiserver/authentication/service-account-claims';
import type { UserInfo } from '../client/transport';
import type { Controller } from '../controllers/controller';
import { csrSigningController } from '../controllers/csr-signing/csr-signing';
import { rootCaControllerFor } from '../controllers/root-ca/root-ca';
import { serviceAccountTokenController } from '../controllers/serviceaccount-token/secret-tokens';
import { csrDefinition } from '../resources/certificates/certificatesigningrequests';
import type { Extension, ServerProgram } from './extension-parts';
import { kubeadmConfigMaps } from './kubeadm/config-maps';

/** Tokens that never change, with their users. */
export type StaticTokens = ReadonlyMap<string, UserInfo>;

/** The extension with its parts that need keys. */
export function withKeys(
  extension: Extension,
  keys: ClusterKeys,
  tokens: StaticTokens = new Map(),
): Extension {
  const { controllers, serverPrograms, seeds } = extension;
  return {
    ...extension,
    controllers: [...controllers, ...controllersOf(keys)],
    serverPrograms: [...serverPrograms, keysProgram(keys, tokens)],
    seeds: [
      ...seeds,
      trackingSeeds(keys.authority.certificate),
      kubeadmConfigMaps(keys.authority.certificate),
    ],
  };
}

function controllersOf({ authority, tokenKey }: ClusterKeys): Controller[] {
  const { certificate: rootCertificate } = authority;
  return [
    rootCaControllerFor(rootCertificate),
    csrSigningController(authority),
    serviceAccountTokenController({
      rootCertificate,
      legacyToken: (account, secretName) => signToken(legacyClaims(account, secretName), tokenKey),
    }),
  ];
}

function keysProgram(keys: ClusterKeys, tokens: StaticTokens): ServerProgram {
  return {
    name: 'keys',
    start(server) {
      const authenticator = authenticatorOf(server.context);
      authenticator.tokenKey = keys.tokenKey;
      authenticator.staticTokens = tokens;
      const { validateCreate, ...definition } = csrDefinition;
      const checked: typeof csrDefinition = {
        ...definition,
        validateCreate(csr, errors) {
          validateCreate?.(csr, errors);
          const isReadable = !errors.causes.some(({ field }) => field === 'spec.request');
          const problem = isReadable && signatureProblem(csr, keys);
          if (problem) errors.invalid('spec.request', csr.spec.request, problem);
        },
      };
      if (server.definition(certificateSigningRequests)) server.redefine(checked as never);
    },
  };
}

/** Nobody may ask for a certificate of a key that is not theirs. */
function signatureProblem(
  { spec }: CertificateSigningRequest,
  keys: ClusterKeys,
): string | undefined {
  const { signed } = parseCertificateRequest(decodeBase64(spec.request));
  if (keys.verify(signed)) return undefined;
  if (signed.algorithm.startsWith('1.2.840.10045.')) return 'x509: ECDSA verification failure';
  if (signed.algorithm === '1.3.101.112') return 'x509: Ed25519 verification failure';
  return 'crypto/rsa: verification error';
}
