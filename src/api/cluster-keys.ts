// The keys of a cluster: what its host lends to an engine that has no cryptography of its own.
// All calls are synchronous, and the same input gives the same signature. In the tab a stand-in
// answers whose signatures only look real; in Node they are.
import type { Bytes } from './asn1';

/** Signs the tokens of service accounts, as RS256 does; a token is checked by signing again. */
export interface TokenKey {
  readonly id: string;
  /** The public half as a JSON Web Key, without id and use. */
  readonly publicKey: Readonly<Record<string, string>>;
  sign(text: string): Bytes;
}

/** The cluster's certificate authority. */
export interface CertificateAuthority {
  /** PEM, as in the ConfigMap kube-root-ca.crt. */
  readonly certificate: string;
  /** DER of the signature algorithm's identifier. */
  readonly algorithm: Bytes;
  sign(body: Bytes): Bytes;
}

/** What a signature is checked by: DER of the public key, the dotted name of the algorithm. */
export interface SignedBytes {
  readonly publicKey: Bytes;
  readonly algorithm: string;
  readonly body: Bytes;
  readonly signature: Bytes;
}

export interface ClusterKeys {
  readonly tokenKey: TokenKey;
  readonly authority: CertificateAuthority;
  /** False when the signature is wrong; hosts without cryptography believe every one. */
  verify(signed: SignedBytes): boolean;
}
