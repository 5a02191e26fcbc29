// Names of signers: 'example.com/my-signer'. Upstream: pkg/apis/core/validation
// (ValidateSignerName).
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';

const DOMAIN_MAX = 253;
const SIGNER_NAME_MAX = DOMAIN_MAX + 1 + 253 + 63 + 1;

/** Reports what is wrong with a signer's name. */
export function validateSignerName(name: string, path: string, errors: FieldErrors): void {
  if (name === '') {
    errors.required(path);
    return;
  }
  const [domain, rest, ...more] = name.split('/');
  if (rest === undefined || more.length > 0) {
    const form = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    errors.invalid(path, name, form);
    return;
  }
  if (domain.length > DOMAIN_MAX) errors.tooLong(path, DOMAIN_MAX);
  const labels = domain.split('.');
  for (const label of labels) {
    const wrong = dnsLabel(label).map((why) => `validating label ${JSON.stringify(label)}: ${why}`);
    errors.invalidEach(path, domain, wrong);
  }
  if (labels.length < 2) {
    const why = 'should be a domain with at least two segments separated by dots';
    errors.invalid(path, domain, why);
  }
  for (const label of rest.split('.')) {
    const wrong = dnsSubdomain(label).map(
      (why) => `validating label ${JSON.stringify(label)}: ${why}`,
    );
    errors.invalidEach(path, rest, wrong);
  }
  if (name.length > SIGNER_NAME_MAX) errors.tooLong(path, SIGNER_NAME_MAX);
}
