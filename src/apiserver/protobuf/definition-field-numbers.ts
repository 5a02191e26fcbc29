// The field numbers of CustomResourceDefinitions and APIServices, whose messages live outside of
// k8s.io/api and which no script extracts: their schemas have fields of either of two types.
// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/generated.proto,
// staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/v1/generated.proto

/**
 * As in field-numbers.ts; besides, '|Array', '|StringArray', '|Bool' and '|Empty' after a name say
 * what its message holds where it holds no schema (see schema-union.ts).
 */
const TABLE = `
APIService metadata spec status
APIServiceCondition type status lastTransitionTime reason message
APIServiceSpec service group version insecureSkipTLSVerify caBundle groupPriorityMinimum@7
 versionPriority
APIServiceStatus conditions
ApiextensionsV1ServiceReference namespace name path* port*
ApiextensionsV1WebhookClientConfig service caBundle url*
ApiregistrationV1ServiceReference namespace name port*
CustomResourceColumnDefinition name type format description priority jsonPath
CustomResourceConversion strategy webhook
CustomResourceDefinition metadata spec status
CustomResourceDefinitionCondition type status lastTransitionTime reason message observedGeneration
CustomResourceDefinitionNames plural singular shortNames kind listKind categories
CustomResourceDefinitionSpec group names@3 scope versions@7 conversion@9 preserveUnknownFields
CustomResourceDefinitionStatus conditions acceptedNames storedVersions observedGeneration
CustomResourceDefinitionVersion name served storage schema subresources additionalPrinterColumns
 deprecated deprecationWarning* selectableFields
CustomResourceSubresourceScale specReplicasPath statusReplicasPath labelSelectorPath*
CustomResourceSubresources status|Empty scale
CustomResourceValidation openAPIV3Schema
ExternalDocumentation description url
JSONSchemaProps id $schema $ref* description type format title default maximum* exclusiveMaximum
 minimum* exclusiveMinimum maxLength* minLength* pattern maxItems* minItems* uniqueItems
 multipleOf* enum maxProperties* minProperties* required items|Array allOf oneOf anyOf not
 properties additionalProperties|Bool patternProperties dependencies|StringArray
 additionalItems|Bool definitions externalDocs example nullable
 x-kubernetes-preserve-unknown-fields* x-kubernetes-embedded-resource x-kubernetes-int-or-string
 x-kubernetes-list-map-keys x-kubernetes-list-type* x-kubernetes-map-type*
 x-kubernetes-validations
SelectableField jsonPath
ValidationRule rule message messageExpression reason* fieldPath optionalOldSelf*
WebhookConversion clientConfig@2 conversionReviewVersions
`;

/** The words of each message's fields, by type name. */
export const definitionFieldNumbers: ReadonlyMap<string, readonly string[]> = new Map(
  TABLE.trim()
    .replace(/\n +/g, ' ')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([name, ...fields]) => [name, fields]),
);
