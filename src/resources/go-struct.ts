// Values as the API server's Go prints them in JSON: its internal types have no JSON names, so
// fields go by their Go names, in the order of their declaration, and unset ones are null, '' or 0.

/**
 * By struct its fields in order, by Go name. After ':' stands what it holds: 's' string, 'i'
 * number, 'b' boolean (all three with their zero when unset), '?' anything that is null when unset,
 * the name of a struct, of a struct in '[]', or of one that is never null with '!'. Structs that
 * are not listed print as they are written.
 */
export type GoStructs = Readonly<Record<string, string>>;

/** JSON names that are not the Go name in lower camel case. */
const JSON_NAMES: Readonly<Record<string, string>> = {
  DNSPolicy: 'dnsPolicy',
  DNSConfig: 'dnsConfig',
  OS: 'os',
  TTY: 'tty',
  APIVersion: 'apiVersion',
  HTTPGet: 'httpGet',
  GRPC: 'grpc',
  HTTPHeaders: 'httpHeaders',
  SELinuxOptions: 'seLinuxOptions',
  SELinuxChangePolicy: 'seLinuxChangePolicy',
  FSGroup: 'fsGroup',
  NFS: 'nfs',
  ISCSI: 'iscsi',
  FSGroupChangePolicy: 'fsGroupChangePolicy',
  RBD: 'rbd',
  CephFS: 'cephfs',
  FC: 'fc',
  CSI: 'csi',
  TCPSocket: 'tcpSocket',
  GCEPersistentDisk: 'gcePersistentDisk',
  StorageOS: 'storageos',
  AWSElasticBlockStore: 'awsElasticBlockStore',
};

/** The value with the fields of that struct. */
export function goStruct(value: object, name: string, structs: GoStructs): object {
  const source = value as Record<string, unknown>;
  const struct: Record<string, unknown> = {};
  for (const declaration of structs[name].split(' ')) {
    const [field, type] = declaration.split(':');
    const jsonName = JSON_NAMES[field] ?? field[0].toLowerCase() + field.slice(1);
    struct[field] = goValue(source[jsonName], type, structs);
  }
  return struct;
}

function goValue(value: unknown, type: string, structs: GoStructs): unknown {
  if (type.endsWith('!')) return goStruct((value ?? {}) as object, type.slice(0, -1), structs);
  if (value === undefined || value === null) return ZEROS[type] ?? null;
  if (type.startsWith('[]')) {
    return (value as object[]).map((item) => goStruct(item, type.slice(2), structs));
  }
  return structs[type] && typeof value === 'object' ? goStruct(value, type, structs) : value;
}

const ZEROS: Readonly<Record<string, unknown>> = { s: '', i: 0, b: false };
