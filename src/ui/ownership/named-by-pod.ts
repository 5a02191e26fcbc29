// What a pod names: the ConfigMaps, Secrets and claims that it mounts or reads variables from.
import type { Container, Pod } from '../../api/types';

export interface Named {
  kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  name: string;
}

/** Every pod gets it from the cluster without asking. */
const GIVEN = 'kube-root-ca.crt';

/** Without doubles, in the order in which the pod names them. */
export function namedByPod({ metadata, spec }: Pod): Named[] {
  const found = new Map<string, Named>();
  const note = (kind: Named['kind'], name: string | undefined): void => {
    if (name && name !== GIVEN) found.set(`${kind}/${name}`, { kind, name });
  };
  for (const volume of spec.volumes ?? []) {
    note('ConfigMap', volume.configMap?.name);
    note('Secret', volume.secret?.secretName);
    note('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName);
    if (volume.ephemeral) note('PersistentVolumeClaim', `${metadata.name}-${volume.name}`);
    for (const source of volume.projected?.sources ?? []) {
      note('ConfigMap', source.configMap?.name);
      note('Secret', source.secret?.name);
    }
  }
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    noteVariables(container, note);
  }
  for (const { name } of spec.imagePullSecrets ?? []) note('Secret', name);
  return [...found.values()];
}

function noteVariables(
  { env = [], envFrom = [] }: Container,
  note: (kind: Named['kind'], name: string | undefined) => void,
): void {
  for (const { valueFrom } of env) {
    note('ConfigMap', valueFrom?.configMapKeyRef?.name);
    note('Secret', valueFrom?.secretKeyRef?.name);
  }
  for (const { configMapRef, secretRef } of envFrom) {
    note('ConfigMap', configMapRef?.name);
    note('Secret', secretRef?.name);
  }
}
