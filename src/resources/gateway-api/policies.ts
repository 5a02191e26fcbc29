// ReferenceGrant and BackendTLSPolicy.
// Upstream: sigs.k8s.io/gateway-api/apis/{v1beta1/referencegrant,v1/backendtlspolicy}_types.go.
import {
  annotationsLike,
  conditions,
  controllerName,
  group,
  kind,
  list,
  namespace,
  object,
  objectName,
  objectReference,
  oneOf,
  preciseHostname,
  sectionName,
  string,
} from './schema-parts';

export const referenceGrantSpec = object(
  {
    from: list(object({ group, kind, namespace }, ['group', 'kind', 'namespace']), {
      minItems: 1,
      maxItems: 16,
    }),
    to: list(object({ group, kind, name: objectName }, ['group', 'kind']), {
      minItems: 1,
      maxItems: 16,
    }),
  },
  ['from', 'to'],
);

const subjectAltName = object(
  {
    type: oneOf('Hostname', 'URI'),
    hostname: preciseHostname,
    uri: string({ minLength: 1, maxLength: 253 }),
  },
  ['type'],
  [
    {
      rule: "!(self.type == 'Hostname' && (!has(self.hostname) || self.hostname == ''))",
      message: 'SubjectAltName element must contain Hostname, if Type is set to Hostname',
    },
    {
      rule: "!(self.type == 'URI' && (!has(self.uri) || self.uri == ''))",
      message: 'SubjectAltName element must contain URI, if Type is set to URI',
    },
  ],
);

export const backendTlsPolicySpec = object(
  {
    targetRefs: list(
      object({ group, kind, name: objectName, sectionName }, ['group', 'kind', 'name']),
      { minItems: 1, maxItems: 16 },
    ),
    validation: object(
      {
        caCertificateRefs: list(objectReference('ConfigMap', false), { maxItems: 8 }),
        wellKnownCACertificates: string({ minLength: 1, maxLength: 253 }),
        hostname: preciseHostname,
        subjectAltNames: list(subjectAltName, { maxItems: 5 }),
      },
      ['hostname'],
      [
        {
          rule:
            '!(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 && ' +
            'has(self.wellKnownCACertificates) && self.wellKnownCACertificates != "")',
          message: 'must not contain both CACertificateRefs and WellKnownCACertificates',
        },
        {
          rule:
            '(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 || ' +
            'has(self.wellKnownCACertificates) && self.wellKnownCACertificates != "")',
          message: 'must specify either CACertificateRefs or WellKnownCACertificates',
        },
      ],
    ),
    options: annotationsLike(string({ minLength: 0, maxLength: 4096 }), 16),
  },
  ['targetRefs', 'validation'],
);

export const policyStatus = object(
  {
    ancestors: list(
      object(
        {
          ancestorRef: object({ group, kind, namespace, name: objectName, sectionName }, ['name']),
          controllerName,
          conditions: conditions(),
        },
        ['ancestorRef', 'conditions', 'controllerName'],
      ),
      { maxItems: 16 },
    ),
  },
  ['ancestors'],
);
