// TokenReviews and SelfSubjectReviews: asked and answered, never stored.
// Upstream: pkg/registry/authentication.
import { selfSubjectReviews, tokenReviews } from '../../api/extension-refs';
import { reviewDefinition } from '../review-definition';

export const tokenReviewDefinition = reviewDefinition(tokenReviews, 'tokenreview');
export const selfSubjectReviewDefinition = reviewDefinition(
  selfSubjectReviews,
  'selfsubjectreview',
);
