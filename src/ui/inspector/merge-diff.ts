// The smallest JSON merge patch (RFC 7386) that makes one object the other: what a person changed,
// and nothing that others may change meanwhile.
type Json = unknown;
type JsonObject = Record<string, Json>;

/** Undefined when nothing differs. Lists are replaced as a whole. */
export function mergeDiff(from: JsonObject, to: JsonObject): JsonObject | undefined {
  const patch: JsonObject = {};
  for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
  for (const [key, next] of Object.entries(to)) {
    const held = from[key];
    if (isObject(held) && isObject(next)) {
      const inner = mergeDiff(held, next);
      if (inner) patch[key] = inner;
    } else if (JSON.stringify(held) !== JSON.stringify(next)) patch[key] = next;
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
