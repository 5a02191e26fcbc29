// Who may do what: the group system:masters everything, kubelets what the Node authorizer lets
// them, and all what RBAC grants. The first that allows decides; when none does, their reasons are
// told together. Upstream: kube-apiserver --authorization-mode=Node,RBAC,
// apiserver/pkg/authorization/union.
import type { UserInfo } from '../../client/transport';
import type { Store } from '../../store/store';
import type { ServerContext } from '../context';
import { ALLOWED, type Attributes, type Decision } from './attributes';
import { NO_OPINION, NodeAuthorizer, nodeNameOf } from './node-authorizer';
import { RbacAuthorizer, type UserRules } from './rbac-authorizer';

declare module '../context' {
  interface Services {
    authorizer?: Authorizer;
  }
}

const PRIVILEGED_GROUP = 'system:masters';

export interface RulesAnswer extends UserRules {
  /** True when the user may do more than can be listed. */
  readonly incomplete: boolean;
}

export class Authorizer {
  readonly rbac: RbacAuthorizer;
  private nodeAuthorizer: NodeAuthorizer | undefined;

  constructor(private readonly store: Store) {
    this.rbac = new RbacAuthorizer(store);
  }

  authorize(attributes: Attributes): Decision {
    if (isPrivileged(attributes.user)) return ALLOWED;
    const byNode = this.byNode(attributes);
    if (byNode.allowed) return byNode;
    const byRole = this.rbac.authorize(attributes);
    if (byRole.allowed || byNode.reason === '') return byRole;
    return { allowed: false, reason: [byNode.reason, byRole.reason].filter(Boolean).join('\n') };
  }

  /** The graph of pods is kept from the first kubelet on that asks from outside. */
  private byNode(attributes: Attributes): Decision {
    if (nodeNameOf(attributes.user) === undefined) return NO_OPINION;
    this.nodeAuthorizer ??= new NodeAuthorizer(this.store);
    return this.nodeAuthorizer.authorize(attributes);
  }

  /** All rules of a user in a namespace, for SelfSubjectRulesReview. */
  rulesFor(user: UserInfo, namespace: string): RulesAnswer {
    const isNode = nodeNameOf(user) !== undefined;
    const { rules, problems } = this.rbac.rulesFor(user, namespace);
    return {
      rules,
      problems: isNode
        ? ['node authorizer does not support user rule resolution', ...problems]
        : problems,
      incomplete: isNode,
    };
  }
}

/** Members of system:masters pass every check, that of escalation too. */
export function isPrivileged({ groups = [] }: UserInfo): boolean {
  return groups.includes(PRIVILEGED_GROUP);
}

/** The server's authorizer; made when first asked for. */
export function authorizerOf({ services, store }: ServerContext): Authorizer {
  return (services.authorizer ??= new Authorizer(store));
}
