// Answers ComponentStatuses by asking the programs beside the API server how they are.
// Upstream: pkg/registry/core/componentstatus/{rest,validator}.go.
import { componentStatuses, type ComponentStatus } from '../api/component-status';
import { StatusError } from '../api/status-error';
import type { ApiRequest, ObjectList } from '../client/transport';
import type { ServerContext } from './context';
import { compileSelection } from './selection';
import type { SubresourceHandler } from './subresources/subresource';

/** What a program answered: `error` is set where nobody could be asked. */
export interface ComponentHealth {
  readonly name: string;
  readonly isHealthy: boolean;
  readonly message: string;
  readonly error?: string;
}

declare module './context' {
  interface Services {
    /** The programs on the machine of the API server. */
    components?(): readonly ComponentHealth[];
  }
}

export const componentStatusHandler: SubresourceHandler = {
  resource: componentStatuses.key,
  subresource: '',
  verbs: {
    get: (context, _definition, request) => one(context, request),
    list(context, definition, { options }): ObjectList<ComponentStatus> {
      const { labelSelector, fieldSelector } = options;
      const { matches } = compileSelection(definition, '', labelSelector, fieldSelector);
      const all = components(context).map(statusOf);
      return {
        resourceVersion: '',
        items: all.filter((each) => !matches || matches(each)),
      };
    },
  },
};

function one(context: ServerContext, { name }: ApiRequest): ComponentStatus {
  const component = components(context).find((each) => each.name === name);
  if (component) return statusOf(component);
  throw new StatusError(500, '', `Component not found: ${name}`);
}

function components({ services }: ServerContext): readonly ComponentHealth[] {
  return services.components?.() ?? [];
}

function statusOf({ name, isHealthy, message, error }: ComponentHealth): ComponentStatus {
  return {
    apiVersion: componentStatuses.apiVersion,
    kind: componentStatuses.kind,
    metadata: { name },
    conditions: [
      {
        type: 'Healthy',
        status: isHealthy ? 'True' : 'False',
        ...(message !== '' && { message }),
        ...(error !== undefined && { error }),
      },
    ],
  } as unknown as ComponentStatus;
}
