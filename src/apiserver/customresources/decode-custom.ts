// The body of a custom resource: its metadata by the server's own type, everything else by its
// schema. Where the schema has other resources embedded, their metadata too.
// Upstream: apiextensions-apiserver/pkg/apiserver/{customresource_handler,schema/objectmeta}.go.
import type { CustomKind } from '../../resources/definition';
import {
  isJson,
  sortedKeys,
  type JsonSchema,
} from '../../resources/apiextensions/schema/json-schema';
import { prune } from '../../resources/apiextensions/schema/prune';
import { ValueDecoder } from '../decode/decode-value';
import type { JsonObject } from '../patch/json-value';
import { embedsResources, readEmbedded, type ReadMetadata } from './embedded-metadata';

/** How bodies of one version of a custom resource are read. */
export function customKind(schema: JsonSchema): CustomKind {
  const hasEmbedded = embedsResources(schema);
  return {
    schema,
    decode(value, duplicates) {
      const decoder = new ValueDecoder(duplicates);
      const { metadata, ...rest } = value;
      const object: Record<string, unknown> = { ...value };
      if (metadata !== undefined) object.metadata = metadataOf(metadata, decoder);
      const dropped: string[] = [];
      const pruned = prune(object, schema, true, dropped) as Record<string, unknown>;
      const complaints = [
        ...duplicatesIn(rest, duplicates, ''),
        ...decoder.complaints,
        ...dropped.map((path) => `unknown field ${JSON.stringify(path)}`),
      ];
      if (!hasEmbedded) return { object: pruned, complaints };
      const whole = readEmbedded(pruned, schema, readMetadata, complaints);
      return { object: whole as Record<string, unknown>, complaints };
    },
  };
}

const readMetadata: ReadMetadata = (metadata) => {
  const decoder = new ValueDecoder(new Map());
  return { metadata: metadataOf(metadata, decoder), complaints: decoder.complaints };
};

/** Decoded as part of a whole object, so that complaints name it by its path. */
function metadataOf(metadata: unknown, decoder: ValueDecoder): unknown {
  const whole = decoder.object({ metadata } as JsonObject, 'ConfigMap');
  return (whole as { metadata?: unknown }).metadata ?? {};
}

function duplicatesIn(
  value: unknown,
  duplicates: ReadonlyMap<object, readonly string[]>,
  path: string,
): string[] {
  if (duplicates.size === 0) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => duplicatesIn(item, duplicates, `${path}[${index}]`));
  }
  if (!isJson(value)) return [];
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const own = (duplicates.get(value) ?? []).map(
    (name) => `duplicate field ${JSON.stringify(at(name))}`,
  );
  const within = sortedKeys(value).flatMap((name) =>
    duplicatesIn(value[name], duplicates, at(name)),
  );
  return [...own, ...within];
}
