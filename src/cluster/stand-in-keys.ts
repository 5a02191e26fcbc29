// The keys of a cluster whose host has no cryptography: signatures are of the right length and the
// same each time, but prove nothing. The authority is the one whose certificate pods are given.
import { TAG, write, writeOid, writeSequence } from '../api/asn1';
import type { ClusterKeys } from '../api/cluster-keys';
import { standInSignature, standInTokenKey } from '../apiserver/authentication/stand-in-token-key';
import { ROOT_CERTIFICATE } from '../controllers/root-ca/root-certificate';

const RSA_SHA256 = '1.2.840.113549.1.1.11';
const NULL = 0x05;

export const standInKeys: ClusterKeys = {
  tokenKey: standInTokenKey,
  authority: {
    certificate: ROOT_CERTIFICATE,
    algorithm: writeSequence(writeOid(RSA_SHA256), write(NULL)),
    sign: (body) => standInSignature(`certificate ${write(TAG.octets, body).join()}`),
  },
  verify: () => true,
};
