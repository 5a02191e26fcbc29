// What the expressions of admission policies and match conditions can speak of, and what is wrong
// with one that does not compile.
// Upstream: apiserver/pkg/admission/plugin/cel/compile.go, policy/validating/typechecking.go.
import type { FieldErrors } from '../../api/field-errors';
import { compile, type Declarations, type Program } from '../../cel/cel';
import { mutationType } from '../../cel/mutation-types';
import {
  BOOL,
  DYN,
  STRING,
  formatType,
  listOf,
  mapOf,
  objectType,
  opaque,
  type CelType,
  type ObjectType,
} from '../../cel/types';

const KIND = objectType('kubernetes.GroupVersionKind', {
  group: STRING,
  version: STRING,
  kind: STRING,
});
const RESOURCE = objectType('kubernetes.GroupVersionResource', {
  group: STRING,
  version: STRING,
  resource: STRING,
});
const USER = objectType('kubernetes.UserInfo', {
  username: STRING,
  uid: STRING,
  groups: listOf(STRING),
  extra: mapOf(STRING, listOf(STRING)),
});

/** The variable `request`. */
export const REQUEST_TYPE = objectType('kubernetes.AdmissionRequest', {
  kind: KIND,
  resource: RESOURCE,
  subResource: STRING,
  requestKind: KIND,
  requestResource: RESOURCE,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: USER,
  dryRun: BOOL,
  options: DYN,
});

/** The variable `namespaceObject`: what does not change unseen of a Namespace. */
export const NAMESPACE_TYPE = objectType('kubernetes.Namespace', {
  apiVersion: STRING,
  kind: STRING,
  metadata: objectType('kubernetes.NamespaceMetadata', {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: mapOf(STRING, STRING),
    annotations: mapOf(STRING, STRING),
    UID: STRING,
    creationTimestamp: { kind: 'timestamp' },
    deletionGracePeriodSeconds: { kind: 'int' },
    deletionTimestamp: { kind: 'timestamp' },
    resourceVersion: STRING,
    selfLink: STRING,
    finalizers: listOf(STRING),
  }),
  spec: objectType('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectType('kubernetes.NamespaceStatus', { phase: STRING }),
});

const AUTHORIZER = opaque('kubernetes.authorization.Authorizer');
const RESOURCE_CHECK = opaque('kubernetes.authorization.ResourceCheck');

export interface ExpressionScope {
  /** Whether `params` is declared. */
  readonly hasParams: boolean;
  /** Types of the policy's own variables so far, by name. */
  readonly variables?: Readonly<Record<string, CelType>>;
  /** Match conditions are evaluated before there are a namespace and variables. */
  readonly isMatchCondition?: boolean;
  /** Mutations may construct objects. */
  readonly canConstruct?: boolean;
}

export function declarationsFor(scope: ExpressionScope): Declarations {
  const { hasParams, variables, isMatchCondition, canConstruct } = scope;
  return {
    variables: {
      object: DYN,
      oldObject: DYN,
      request: REQUEST_TYPE,
      authorizer: AUTHORIZER,
      'authorizer.requestResource': RESOURCE_CHECK,
      ...(hasParams && { params: DYN }),
      ...(!isMatchCondition && { namespaceObject: NAMESPACE_TYPE }),
      ...(variables && { variables: variablesType(variables) }),
    },
    ...(canConstruct && { structType: mutationType }),
  };
}

export function variablesType(variables: Readonly<Record<string, CelType>>): ObjectType {
  return objectType('kubernetes.variables', variables);
}

/** The program, or undefined after the field has been told what is wrong with it. */
export function validateExpression(
  expression: string | undefined,
  path: string,
  scope: ExpressionScope,
  wanted: CelType | undefined,
  errors: FieldErrors,
): Program | undefined {
  if (!expression?.trim()) {
    errors.required(path);
    return undefined;
  }
  const compiled = compile(expression, declarationsFor(scope));
  if ('errors' in compiled) {
    errors.invalid(path, expression, `compilation failed: ${compiled.text}`);
    return undefined;
  }
  const { resultType } = compiled;
  if (wanted && resultType.kind !== 'dyn' && formatType(resultType) !== formatType(wanted)) {
    errors.invalid(path, expression, `must evaluate to ${formatType(wanted)}`);
    return undefined;
  }
  return compiled;
}
