// Names such as 'acme.io/foo', of controllers and signers.
// Upstream: IsDomainPrefixedPath in apimachinery/pkg/util/validation/validation.go.
import type { FieldErrors } from '../api/field-errors';
import { dnsSubdomain } from '../api/names';

const PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const pattern = new RegExp(`^(?:${PATH})$`);

export function validateDomainPrefixedPath(
  value: string,
  field: string,
  errors: FieldErrors,
): void {
  if (value === '') {
    errors.required(field);
    return;
  }
  const slash = value.indexOf('/');
  const [host, path] = slash < 0 ? ['', ''] : [value.slice(0, slash), value.slice(slash + 1)];
  if (!host || !path) {
    errors.invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  errors.invalidEach(field, host, dnsSubdomain(host));
  if (!pattern.test(path)) {
    errors.invalid(field, path, `Invalid path (regex used for validation is '${PATH}')`);
  }
}
