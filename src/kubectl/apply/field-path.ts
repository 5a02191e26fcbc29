// Field paths as the API server writes them in causes: 'spec.containers[0].image',
// 'metadata.labels[app.kubernetes.io/name]'.

export type PathSegment = string | number;

/** Splits a path; a bracketed number is an index, other bracketed text is a key. */
export function parseFieldPath(path: string): PathSegment[] {
  const segments: PathSegment[] = [];
  let at = 0;
  while (at < path.length) {
    if (path[at] === '.') {
      at += 1;
    } else if (path[at] === '[') {
      const close = path.indexOf(']', at);
      const end = close < 0 ? path.length : close;
      const inner = path.slice(at + 1, end);
      segments.push(/^\d+$/.test(inner) ? Number(inner) : inner);
      at = end + 1;
    } else {
      const end = nextBreak(path, at);
      segments.push(path.slice(at, end));
      at = end;
    }
  }
  return segments;
}

function nextBreak(path: string, from: number): number {
  for (let at = from; at < path.length; at += 1) {
    if (path[at] === '.' || path[at] === '[') return at;
  }
  return path.length;
}
