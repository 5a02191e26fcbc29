// The fields of a JSON schema that hold either a schema or something simpler. JSON shows what is
// held; protobuf wraps it in a message of two fields, of which the client fills one.
import type { ProtobufReader } from './protobuf-reader';

/** What the message holds where it holds no schema; 'Empty' holds nothing ever. */
export type SchemaUnion = 'Array' | 'StringArray' | 'Bool' | 'Empty';

/** Reads the message; `readSchema` turns the bytes of a JSONSchemaProps into its JSON. */
export function readSchemaUnion(
  reader: ProtobufReader,
  union: SchemaUnion,
  readSchema: (bytes: Uint8Array) => unknown,
): unknown {
  let schema: unknown;
  let allows = false;
  const items: unknown[] = [];
  const schemaField = union === 'Bool' ? 2 : 1;
  while (reader.next()) {
    if (union === 'Empty') reader.skip();
    else if (reader.field === schemaField) schema = readSchema(reader.bytes());
    else if (union === 'Bool') allows = reader.integer() !== 0;
    else items.push(union === 'Array' ? readSchema(reader.bytes()) : reader.text());
  }
  if (union === 'Empty') return {};
  if (union === 'Bool') return schema ?? allows;
  // Go prefers the list where both are there.
  return items.length > 0 ? items : schema;
}
