// The access reviews: asked and answered, never stored. Upstream: pkg/registry/authorization.
import {
  localSubjectAccessReviews,
  selfSubjectAccessReviews,
  selfSubjectRulesReviews,
  subjectAccessReviews,
} from '../../api/extension-refs';
import { reviewDefinition } from '../review-definition';

export const accessReviewDefinitions = [
  reviewDefinition(localSubjectAccessReviews, 'localsubjectaccessreview'),
  reviewDefinition(selfSubjectAccessReviews, 'selfsubjectaccessreview'),
  reviewDefinition(selfSubjectRulesReviews, 'selfsubjectrulesreview'),
  reviewDefinition(subjectAccessReviews, 'subjectaccessreview'),
] as const;
