// The secrets and config maps that a pod's spec names, wherever it may name them.
// Upstream: pkg/api/pod/util.go (VisitPodSecretNames, VisitPodConfigmapNames).
import type { Container, PodSpec, Volume } from './types';

type Named = { name?: string } | undefined | null;

export function secretNames(spec: PodSpec): string[] {
  return [
    ...(spec.imagePullSecrets ?? []).map(({ name }) => name),
    ...containersOf(spec).flatMap(({ env = [], envFrom = [] }) => [
      ...envFrom.map(({ secretRef }) => secretRef?.name),
      ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ]),
    ...(spec.volumes ?? []).flatMap(secretsOfVolume),
  ].filter((name): name is string => Boolean(name));
}

export function configMapNames(spec: PodSpec): string[] {
  return [
    ...containersOf(spec).flatMap(({ env = [], envFrom = [] }) => [
      ...envFrom.map(({ configMapRef }) => configMapRef?.name),
      ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
    ]),
    ...(spec.volumes ?? []).flatMap(({ configMap, projected }) => [
      configMap?.name,
      ...(projected?.sources ?? []).map((source) => source.configMap?.name),
    ]),
  ].filter((name): name is string => Boolean(name));
}

function containersOf(spec: PodSpec): Container[] {
  const {
    initContainers = [],
    containers = [],
    ephemeralContainers = [],
  } = spec as Partial<PodSpec>;
  return [...initContainers, ...containers, ...(ephemeralContainers as Container[])];
}

function secretsOfVolume(volume: Volume): (string | undefined)[] {
  const ref = (named: Named): string | undefined => named?.name;
  return [
    volume.secret?.secretName,
    volume.azureFile?.secretName,
    ref(volume.cephfs?.secretRef),
    ref(volume.cinder?.secretRef),
    ref(volume.flexVolume?.secretRef),
    ref(volume.rbd?.secretRef),
    ref(volume.scaleIO?.secretRef),
    ref(volume.iscsi?.secretRef),
    ref(volume.storageos?.secretRef),
    ref(volume.csi?.nodePublishSecretRef),
    ...(volume.projected?.sources ?? []).map(({ secret }) => secret?.name),
  ];
}
