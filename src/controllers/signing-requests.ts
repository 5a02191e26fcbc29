// How controllers follow CertificateSigningRequests: each is looked at whenever it is new or has
// changed. Upstream: pkg/controller/certificates/certificate_controller.go.
import { certificateSigningRequests } from '../api/extension-refs';
import type { CertificateSigningRequest } from '../api/extension-types';
import type { ControllerContext, ControllerLoop } from './controller';

/** The loop of a controller that does this with each of them. */
export function forEachSigningRequest(
  context: ControllerContext,
  act: (csr: CertificateSigningRequest) => void,
): ControllerLoop {
  const changed = ({ metadata }: CertificateSigningRequest): void => context.enqueue(metadata.name);
  const informer = context.watch(certificateSigningRequests, { added: changed, updated: changed });
  return {
    reconcile(name) {
      const csr = informer.get(name);
      if (csr) act(csr);
    },
  };
}
