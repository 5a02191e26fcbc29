/**
 * The keys that mean an act for what has the focus; the registry says which. They stand here too so
 * that a key is known before the acts have come; a test holds both together.
 */
export const actKeys: ReadonlySet<string> = new Set([
  'Delete',
  'b',
  'c',
  'd',
  'f',
  'k',
  'l',
  'n',
  'p',
  'r',
  's',
  't',
  'x',
]);
