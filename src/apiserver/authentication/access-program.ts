// Puts the door before the HTTP front. Upstream: pkg/controlplane/apiserver
// (DefaultBuildHandlerChain).
import type { ApiServer } from '../server';
import { requestAccess } from './request-access';

export const accessProgram = {
  name: 'authentication and authorization',
  start({ context }: ApiServer): void {
    context.services.access = requestAccess(context);
  },
};
