const KEPT_MAX = 512;

/** Remembers what `make` made of a key, so that equal texts of many pods are one string. */
export function shared(make: (key: string) => string): (key: string) => string {
  const kept = new Map<string, string>();
  return (key) => {
    let text = kept.get(key);
    if (text === undefined) {
      if (kept.size >= KEPT_MAX) kept.clear();
      kept.set(key, (text = make(key)));
    }
    return text;
  };
}
