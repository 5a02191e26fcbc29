// What applying the file would change, found out by a dry run of the server: each object as it is
// and as it would be, in YAML without what only the server writes.
import { stringify } from 'yaml';
import { wireSchema } from '../../../generated/wire-schema';
import { applyManifests } from '../../kubectl/apply/apply';
import { Discovery } from '../../kubectl/apply/discovery';
import { LAST_APPLIED } from '../../kubectl/apply/last-applied';
import { parseManifests } from '../../kubectl/apply/manifest';
import type { ManifestObject } from '../../kubectl/apply/manifest';
import { converse } from '../state/transport';
import type { Transport } from '../state/transport';

export interface Preview {
  before: string;
  after: string;
  /** 'deployment.apps/web' of what would be new. */
  created: string[];
  failed: { subject: string; message: string }[];
  /** Some documents could not be read. */
  isPartial: boolean;
}

export async function previewOf(transport: Transport, text: string): Promise<Preview> {
  const manifests = parseManifests(text);
  const options = { namespace: 'default', discovery: new Discovery(), schema: wireSchema };
  const exchange = applyManifests(manifests, { ...options, dryRun: true });
  const results = await converse(exchange, transport);
  const done = results.filter(({ outcome }) => outcome !== 'failed');
  const failed = results.filter(({ outcome, subject }) => outcome === 'failed' && subject !== '');
  return {
    before: done.flatMap(({ live }) => (live ? [plain(live)] : [])).join('---\n'),
    after: done.flatMap(({ object }) => (object ? [plain(object)] : [])).join('---\n'),
    created: done.filter(({ outcome }) => outcome === 'created').map(({ subject }) => subject),
    failed: failed.map(({ subject, status }) => ({ subject, message: status?.message ?? '' })),
    isPartial: manifests.some(({ problems }) => problems.length > 0),
  };
}

function plain({ metadata, status: _status, ...rest }: ManifestObject): string {
  const {
    managedFields: _fields,
    resourceVersion: _version,
    uid: _uid,
    creationTimestamp: _created,
    generation: _generation,
    annotations,
    ...kept
  } = metadata;
  const { [LAST_APPLIED]: _applied, ...own } = annotations ?? {};
  const notes = Object.keys(own).length > 0 ? { annotations: own } : {};
  const { apiVersion, kind, ...fields } = rest;
  const object = { apiVersion, kind, metadata: { ...kept, ...notes }, ...fields };
  return stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
