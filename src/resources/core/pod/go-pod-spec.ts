// A pod's spec as the API server's Go prints it in JSON: its internal types have no JSON names, so
// fields go by their Go names, in the order of their declaration, and unset ones are null, '' or 0.
// Upstream: pkg/apis/core/types.go. Structs that are not listed here print as they are written.
import type { PodSpec } from '../../../api/types';
import { goStruct, type GoStructs } from '../../go-struct';

const CONTAINER =
  'Name:s Image:s Command:? Args:? WorkingDir:s Ports:[]ContainerPort EnvFrom:[]EnvFromSource ' +
  'Env:[]EnvVar Resources:Resources! ResizePolicy:? RestartPolicy:? RestartPolicyRules:? ' +
  'VolumeMounts:[]VolumeMount VolumeDevices:? LivenessProbe:Probe ReadinessProbe:Probe ' +
  'StartupProbe:Probe Lifecycle:? TerminationMessagePath:s TerminationMessagePolicy:s ' +
  'ImagePullPolicy:s SecurityContext:SecurityContext Stdin:b StdinOnce:b TTY:b';

const STRUCTS: GoStructs = {
  PodSpec:
    'Volumes:[]Volume InitContainers:[]Container Containers:[]Container ' +
    'EphemeralContainers:[]EphemeralContainer RestartPolicy:s TerminationGracePeriodSeconds:? ' +
    'ActiveDeadlineSeconds:? DNSPolicy:s NodeSelector:? ServiceAccountName:s ' +
    'AutomountServiceAccountToken:? NodeName:s SecurityContext:PodSecurityContext ' +
    'ImagePullSecrets:[]LocalObjectReference Hostname:s Subdomain:s SetHostnameAsFQDN:? ' +
    'Affinity:Affinity SchedulerName:s Tolerations:[]Toleration HostAliases:? ' +
    'PriorityClassName:s Priority:? PreemptionPolicy:? DNSConfig:? ReadinessGates:? ' +
    'RuntimeClassName:? Overhead:? EnableServiceLinks:? TopologySpreadConstraints:? OS:? ' +
    'SchedulingGates:? ResourceClaims:? Resources:? HostnameOverride:? SchedulingGroup:?',
  Container: CONTAINER,
  EphemeralContainer: CONTAINER + ' TargetContainerName:s',
  ContainerPort: 'Name:s HostPort:i ContainerPort:i Protocol:s HostIP:s',
  EnvFromSource: 'Prefix:s ConfigMapRef:EnvSource SecretRef:EnvSource',
  EnvSource: 'Name:s Optional:?',
  EnvVar: 'Name:s Value:s ValueFrom:EnvVarSource',
  EnvVarSource:
    'FieldRef:FieldRef ResourceFieldRef:ResourceRef ConfigMapKeyRef:KeyRef SecretKeyRef:KeyRef ' +
    'FileKeyRef:?',
  FieldRef: 'APIVersion:s FieldPath:s',
  ResourceRef: 'ContainerName:s Resource:s Divisor:s',
  KeyRef: 'Name:s Key:s Optional:?',
  Resources: 'Limits:? Requests:? Claims:?',
  VolumeMount:
    'Name:s ReadOnly:b RecursiveReadOnly:? MountPath:s SubPath:s MountPropagation:? SubPathExpr:s',
  Probe:
    'Exec:Exec HTTPGet:HTTPGet TCPSocket:TCPSocket GRPC:GRPC InitialDelaySeconds:i ' +
    'TimeoutSeconds:i PeriodSeconds:i SuccessThreshold:i FailureThreshold:i ' +
    'TerminationGracePeriodSeconds:?',
  Exec: 'Command:?',
  HTTPGet: 'Path:s Port:i Host:s Scheme:s HTTPHeaders:?',
  TCPSocket: 'Port:i Host:s',
  GRPC: 'Port:i Service:?',
  SecurityContext:
    'Capabilities:Capabilities Privileged:? SELinuxOptions:? WindowsOptions:? RunAsUser:? ' +
    'RunAsGroup:? RunAsNonRoot:? ReadOnlyRootFilesystem:? AllowPrivilegeEscalation:? ProcMount:? ' +
    'SeccompProfile:Profile AppArmorProfile:Profile',
  Capabilities: 'Add:? Drop:?',
  Profile: 'Type:s LocalhostProfile:?',
  PodSecurityContext:
    'HostNetwork:b HostPID:b HostIPC:b ShareProcessNamespace:? HostUsers:? SELinuxOptions:? ' +
    'WindowsOptions:? RunAsUser:? RunAsGroup:? RunAsNonRoot:? SupplementalGroups:? ' +
    'SupplementalGroupsPolicy:? FSGroup:? FSGroupChangePolicy:? Sysctls:? SeccompProfile:Profile ' +
    'AppArmorProfile:Profile SELinuxChangePolicy:?',
  LocalObjectReference: 'Name:s',
  Affinity: 'NodeAffinity:? PodAffinity:? PodAntiAffinity:?',
  Toleration: 'Key:s Operator:s Value:s Effect:s TolerationSeconds:?',
  Volume:
    'Name:s HostPath:HostPath EmptyDir:EmptyDir GCEPersistentDisk:? AWSElasticBlockStore:? ' +
    'GitRepo:? Secret:SecretVolume NFS:? ISCSI:? Glusterfs:? PersistentVolumeClaim:Claim RBD:? ' +
    'Quobyte:? FlexVolume:? Cinder:? CephFS:? Flocker:? DownwardAPI:? FC:? AzureFile:? ' +
    'ConfigMap:ConfigMapVolume VsphereVolume:? AzureDisk:? PhotonPersistentDisk:? ' +
    'Projected:Projected PortworxVolume:? ScaleIO:? StorageOS:? CSI:? Ephemeral:? Image:?',
  HostPath: 'Path:s Type:?',
  EmptyDir: 'Medium:s SizeLimit:?',
  SecretVolume: 'SecretName:s Items:[]KeyToPath DefaultMode:? Optional:?',
  ConfigMapVolume: 'Name:s Items:[]KeyToPath DefaultMode:? Optional:?',
  KeyToPath: 'Key:s Path:s Mode:?',
  Claim: 'ClaimName:s ReadOnly:b',
  Projected: 'Sources:[]Projection DefaultMode:?',
  Projection:
    'Secret:ConfigMapProjection DownwardAPI:DownwardProjection ConfigMap:ConfigMapProjection ' +
    'ServiceAccountToken:Token ClusterTrustBundle:? PodCertificate:?',
  ConfigMapProjection: 'Name:s Items:[]KeyToPath Optional:?',
  DownwardProjection: 'Items:[]DownwardFile',
  DownwardFile: 'Path:s FieldRef:FieldRef ResourceFieldRef:ResourceRef Mode:?',
  Token: 'Audience:s ExpirationSeconds:i Path:s',
};

/** Fields that the internal types keep in the pod's security context. */
const HOST_FIELDS = [
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'shareProcessNamespace',
  'hostUsers',
] as const;

/** The spec as indented JSON in the server's own shape. */
export function goPodSpec(spec: PodSpec): string {
  const securityContext: Record<string, unknown> = { ...spec.securityContext };
  for (const field of HOST_FIELDS) securityContext[field] = spec[field];
  return JSON.stringify(goStruct({ ...spec, securityContext }, 'PodSpec', STRUCTS), undefined, 2);
}

/** One of its ephemeral containers in that shape. */
export function goEphemeralContainer(container: object): string {
  return JSON.stringify(goStruct(container, 'EphemeralContainer', STRUCTS), undefined, 2);
}
