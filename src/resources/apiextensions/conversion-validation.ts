// How a CRD's versions are converted into each other.
// Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
import type { CustomResourceDefinition } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dns1035Label } from '../../api/names';
import type { Partly } from './partly';

type Conversion = Partly<CustomResourceDefinition['spec']['conversion']>;

const STRATEGIES = ['None', 'Webhook'];
const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const PATH = 'spec.conversion';

/** Adds what is wrong with it; an absent one is fine. */
export function validateConversion(conversion: Conversion, errors: FieldErrors): void {
  if (!conversion) return;
  const { strategy = '', webhook } = conversion;
  if (strategy === '') errors.required(`${PATH}.strategy`);
  else if (!STRATEGIES.includes(strategy)) {
    errors.notSupported(`${PATH}.strategy`, strategy, STRATEGIES);
  }
  const config = webhook?.clientConfig;
  const versions = webhook?.conversionReviewVersions ?? [];
  if (strategy === 'Webhook') {
    if (config) clientConfig(config, errors);
    else {
      const why = 'required when strategy is set to Webhook';
      errors.required(`${PATH}.webhookClientConfig`, why);
    }
    reviewVersions(versions, errors);
    return;
  }
  const why = 'should not be set when strategy is not set to Webhook';
  if (config) errors.forbidden(`${PATH}.webhookClientConfig`, why);
  if (versions.length > 0) errors.forbidden(`${PATH}.conversionReviewVersions`, why);
}

type ClientConfig = NonNullable<NonNullable<NonNullable<Conversion>['webhook']>['clientConfig']>;

function clientConfig({ url, service }: ClientConfig, errors: FieldErrors): void {
  const path = `${PATH}.webhookClientConfig`;
  if ((url === undefined) === (service === undefined)) {
    errors.required(path, 'exactly one of url or service is required');
  } else if (url !== undefined) {
    webhookUrl(url, `${path}.url`, errors);
  } else if (service) {
    if (!service.name) errors.required(`${path}.service.name`, 'service name is required');
    if (!service.namespace) {
      errors.required(`${path}.service.namespace`, 'service namespace is required');
    }
    const { port = 443 } = service;
    if (port < 1 || port > 65535) {
      const why = 'port is not valid: must be between 1 and 65535, inclusive';
      errors.invalid(`${path}.service.port`, port, why);
    }
  }
}

const URL_FORM = '; desired format: https://host[/path]';

function webhookUrl(url: string, path: string, errors: FieldErrors): void {
  const match = /^(?:([a-zA-Z][\w+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url);
  if (!match) {
    errors.required(path, `url must be a valid URL${URL_FORM}`);
    return;
  }
  const [, scheme = '', authority = '', , query, fragment] = match;
  if (scheme !== 'https') {
    errors.invalid(path, scheme, `'https' is the only allowed URL scheme${URL_FORM}`);
  }
  if (authority === '') errors.invalid(path, authority, `host must be specified${URL_FORM}`);
  if (authority.includes('@')) {
    const user = authority.split('@')[0];
    errors.invalid(path, user, 'user information is not permitted in the URL');
  }
  if (fragment) errors.invalid(path, fragment.slice(1), 'fragments are not permitted in the URL');
  if (query) {
    errors.invalid(path, query.slice(1), 'query parameters are not permitted in the URL');
  }
}

function reviewVersions(versions: readonly string[], errors: FieldErrors): void {
  const path = `${PATH}.conversionReviewVersions`;
  if (versions.length === 0) {
    errors.required(path);
    return;
  }
  versions.forEach((version, index) => {
    const at = `${path}[${index}]`;
    if (versions.indexOf(version) < index) errors.invalid(at, version, 'duplicate version');
    else errors.invalidEach(at, version, dns1035Label(version));
  });
  if (!versions.some((version) => REVIEW_VERSIONS.includes(version))) {
    errors.invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`);
  }
}
