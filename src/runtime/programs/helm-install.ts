// klipper-helm, in whose Jobs k3s installs its charts: what the chart named by the environment
// would make, the registry below holds as objects. Where the real one differs: no chart is
// downloaded or rendered, and no release is kept.
// Upstream: github.com/k3s-io/klipper-helm, entry.
import type { Draft, KubeObject } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import { ConnectionError, isAlreadyExists, StatusError } from '../../api/status-error';
import type { Client } from '../../client/client';
import type { PodProgram } from '../program-host';

/** An object of a chart, and where it goes. */
export type ChartObject = readonly [ref: ResourceRef, draft: Draft<KubeObject>];

/** From the start of the container to the objects. */
const INSTALL_MS = 2_000;
const RETRY_MS = 200;

/** A program that installs those charts, by the release's name. */
export function helmInstall(charts: Readonly<Record<string, readonly ChartObject[]>>): PodProgram {
  return {
    name: 'klipper-helm',
    agent: 'helm',
    start({ component, container }) {
      const { client, scope } = component;
      const release = container.env?.find(({ name }) => name === 'NAME')?.value ?? '';
      const work = (): void => {
        try {
          for (const [ref, draft] of charts[release] ?? []) create(client, ref, draft);
        } catch (error) {
          if (!(error instanceof StatusError) && !(error instanceof ConnectionError)) throw error;
          scope.after(RETRY_MS, work);
        }
      };
      scope.after(INSTALL_MS, work);
    },
  };
}

function create(client: Client, ref: ResourceRef, draft: Draft<KubeObject>): void {
  try {
    client.create(ref, draft);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}
