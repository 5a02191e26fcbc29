// Upstream: validatePodDNSConfig in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { ipErrors } from '../../../api/ip';
import { dnsSubdomain } from '../../../api/names';
import type { PodSpec } from '../../../api/types';

const NAME_SERVERS_MAX = 3;
const SEARCHES_MAX = 32;
const SEARCH_CHARACTERS_MAX = 2048;

/** dnsConfig, which the policy None cannot do without. */
export function validateDnsConfig(spec: PodSpec, path: string, errors: FieldErrors): void {
  const { dnsConfig: config, dnsPolicy } = spec;
  if (dnsPolicy === 'None') {
    if (!config) errors.required(path, 'must provide `dnsConfig` when `dnsPolicy` is None');
    else if (!config.nameservers?.length) {
      const why = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      errors.required(`${path}.nameservers`, why);
      return;
    }
  }
  if (!config) return;
  const { nameservers = [], searches = [], options = [] } = config;
  if (nameservers.length > NAME_SERVERS_MAX) {
    const why = `must not have more than ${NAME_SERVERS_MAX} nameservers`;
    errors.invalid(`${path}.nameservers`, nameservers, why);
  }
  nameservers.forEach((address, index) => {
    errors.invalidEach(`${path}.nameservers[${index}]`, address, ipErrors(address));
  });
  if (searches.length > SEARCHES_MAX) {
    const why = `must not have more than ${SEARCHES_MAX} search paths`;
    errors.invalid(`${path}.searches`, searches, why);
  }
  if (searches.join(' ').length > SEARCH_CHARACTERS_MAX) {
    const limit = `${SEARCH_CHARACTERS_MAX} characters (including spaces)`;
    errors.invalid(
      `${path}.searches`,
      searches,
      `must not have more than ${limit} in the search list`,
    );
  }
  searches.forEach((search, index) => {
    if (search === '.') return;
    const name = search.replace(/\.$/, '');
    errors.invalidEach(`${path}.searches[${index}]`, name, dnsSubdomain(name.replaceAll('_', 'a')));
  });
  options.forEach(({ name }, index) => {
    if (!name) errors.required(`${path}.options[${index}]`, 'must not be empty');
  });
}
