// What the server holds against a manifest, brought to the lines and words it speaks about.
import type { Status } from '../../api/status-error';
import type { Manifest, ManifestProblem } from './manifest';

/** One problem a cause; the whole message at the object's name or kind when no field is named. */
export function statusProblems(status: Status, manifest: Manifest): ManifestProblem[] {
  const message = status.message ?? status.reason ?? '';
  const fields = [...strictFields(message), ...goField(message)];
  if (fields.length > 0) {
    return fields.map(({ path, text, atKey }) => {
      return { message: text, range: manifest.locate(path, { atKey }) };
    });
  }
  const causes = (status.details?.causes ?? []).filter((cause) => cause.field);
  if (causes.length === 0) {
    return [{ message, range: manifest.locate(placeFor(status)) }];
  }
  return causes.map(({ field, message: text }) => ({
    message: text ? `${field}: ${text}` : message,
    range: manifest.locate(field!, { badValue: badValue(text) }),
  }));
}

/** A Warning header's text at the field it names, else at the object's kind. */
export function warningProblem(text: string, manifest: Manifest): ManifestProblem {
  const field =
    strictFields(text)[0]?.path ?? /^((?:spec|metadata|data)[\w.[\]/-]*):/.exec(text)?.[1];
  return { message: text, range: manifest.locate(field ?? 'kind') };
}

/** Objects that exist, are gone or clash are told by name; the rest by kind. */
function placeFor(status: Status): string {
  const aboutName = ['AlreadyExists', 'Conflict', 'NotFound', 'Forbidden'];
  return aboutName.includes(status.reason ?? '') ? 'metadata.name' : 'kind';
}

interface NamedField {
  path: string;
  text: string;
  atKey: boolean;
}

/** Strict decoding: 'unknown field "spec.x", duplicate field "data.a"'. */
function strictFields(message: string): NamedField[] {
  return [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map((match) => ({
    path: match[1]!,
    text: match[0],
    atKey: true,
  }));
}

/**
 * Go's decoder: 'cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of ...'.
 */
function goField(message: string): NamedField[] {
  const match = /Go struct field \w+\.([\w.-]+) of type/.exec(message);
  return match ? [{ path: match[1]!, text: message, atKey: false }] : [];
}

/** The value that a cause quotes: 'Invalid value: "bad key": ...'. */
function badValue(text: string): string | undefined {
  const match = /^(?:Invalid|Unsupported|Duplicate) value: ("(?:[^"\\]|\\.)*")/.exec(text);
  return match ? (JSON.parse(match[1]!) as string) : undefined;
}
