// Puts the door before the HTTP front. Upstream: pkg/controlplane/apiserver
// (DefaultBuildHandlerChain).
import type { ApiServer } from '../server';
import { reconciledPolicy } from '../authorization/bootstrap/reconciled-policy';
import { authenticatorOf } from './authenticator';
import { issuerPage } from './issuer-pages';
import { requestAccess } from './request-access';

/** Where the API server advertises itself. */
const ADDRESS = '10.0.0.10:6443';

export const accessProgram = {
  name: 'authentication and authorization',
  start({ context }: ApiServer): void {
    context.services.access = requestAccess(context);
    context.services.reconcileSeed = reconciledPolicy;
    const authenticator = authenticatorOf(context);
    context.services.page = (path) => issuerPage(authenticator, ADDRESS, path);
  },
};
