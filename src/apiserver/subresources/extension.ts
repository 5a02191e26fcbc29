// The handlers that come with the extension; one for the same resource and subresource takes the
// place of the earlier.
import { identityReviewHandlers } from '../authentication/identity-reviews';
import { tokenRequestHandler } from '../authentication/token-request';
import { accessReviewHandlers } from '../authorization/access-reviews';
import { componentStatusHandler } from '../component-status';
import { metricsHandlers } from '../metrics-api/metrics-handlers';
import { certificateApprovalHandler } from './certificate-approval';
import { evictionHandler } from './eviction';
import { podPartHandlers } from './pod-parts';
import type { SubresourceHandler } from './subresource';

export const subresourceExtension: readonly SubresourceHandler[] = [
  evictionHandler,
  ...identityReviewHandlers,
  tokenRequestHandler,
  ...accessReviewHandlers,
  certificateApprovalHandler,
  ...podPartHandlers,
  componentStatusHandler,
  ...metricsHandlers,
];
