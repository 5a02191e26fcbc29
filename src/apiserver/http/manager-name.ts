// Whom managedFields name for a write: what the client says, else its program's name.
// Upstream: apiserver/pkg/endpoints/handlers/create.go,
// apimachinery/pkg/apis/meta/v1/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';

const NAME_MAX_BYTES = 128;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** 'kubectl' of 'kubectl/v1.36.0 (linux/amd64)', without what cannot be printed. */
export function managerOf(fieldManager: string | undefined, userAgent = ''): string {
  if (fieldManager) return fieldManager;
  let name = '';
  let bytes = 0;
  for (const character of userAgent.split('/')[0]) {
    if (!PRINTABLE.test(character)) continue;
    bytes += bytesOf(character);
    if (bytes > NAME_MAX_BYTES) break;
    name += character;
  }
  return name;
}

/** What `?fieldManager=` may be. */
export function checkFieldManager(manager: string, errors: FieldErrors): void {
  let position = 0;
  const unprintable: string[] = [];
  for (const character of manager) {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    if (!PRINTABLE.test(character)) {
      unprintable.push(`invalid character U+${code} (at position ${position})`);
    }
    position += bytesOf(character);
  }
  if (position > NAME_MAX_BYTES) errors.tooLong('fieldManager', NAME_MAX_BYTES);
  for (const what of unprintable) errors.invalid('fieldManager', manager, what);
}

/** Of one character, in UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
