// Why a text is no IP address, in Go's words. Upstream: Go's net/netip.

/** The whole message of Go's parser; undefined when the text is an address, perhaps with a zone. */
export function addressProblem(text: string): string | undefined {
  const problem = problemOf(text);
  return problem === undefined ? undefined : `ParseAddr(${JSON.stringify(text)}): ${problem}`;
}

function problemOf(text: string): string | undefined {
  switch (/[.:%]/.exec(text)?.[0]) {
    case '.':
      return v4Problem(text);
    case ':':
      return v6Problem(text);
    case '%':
      return 'missing IPv6 address';
    default:
      return 'unable to parse IP';
  }
}

function at(message: string, place: string): string {
  return `${message} (at ${JSON.stringify(place)})`;
}

function v4Problem(text: string): string | undefined {
  let digits = '';
  let fields = 0;
  for (const [index, character] of [...text].entries()) {
    if (character >= '0' && character <= '9') {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += character;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (character === '.') {
      const rest = text.slice(index);
      if (index === 0 || rest.length === 1 || text[index - 1] === '.') {
        return at('IPv4 field must have at least one digit', rest);
      }
      if (fields === 3) return 'IPv4 address too long';
      fields++;
      digits = '';
    } else return at('unexpected character', text.slice(index));
  }
  return fields < 3 ? 'IPv4 address too short' : undefined;
}

function v6Problem(text: string): string | undefined {
  const zone = text.indexOf('%');
  if (zone >= 0 && zone === text.length - 1) return 'zone must be a non-empty string';
  let rest = zone < 0 ? text : text.slice(0, zone);
  let groups = 0;
  let hasGap = false;
  if (rest.startsWith('::')) {
    hasGap = true;
    rest = rest.slice(2);
    if (rest === '') return undefined;
  }
  while (groups < 8) {
    const [hex] = /^[0-9a-fA-F]*/.exec(rest)!;
    if (hex.length > 4) return at('each group must have 4 or less digits', rest);
    if (hex === '') return at('each colon-separated field must have at least one digit', rest);
    if (rest[hex.length] === '.') return embeddedProblem(rest, groups, hasGap);
    groups++;
    rest = rest.slice(hex.length);
    if (rest === '') break;
    if (rest[0] !== ':') return at('unexpected character, want colon', rest);
    if (rest.length === 1) return at('colon must be followed by more characters', rest);
    rest = rest.slice(1);
    if (rest[0] !== ':') continue;
    if (hasGap) return at('multiple :: in address', rest);
    hasGap = true;
    rest = rest.slice(1);
    if (rest === '') break;
  }
  return endProblem(rest, groups, hasGap);
}

/** Of an address whose last two groups are written as an IPv4 address. */
function embeddedProblem(rest: string, groups: number, hasGap: boolean): string | undefined {
  if (!hasGap && groups !== 6) {
    return at('embedded IPv4 address must replace the final 2 fields of the address', rest);
  }
  if (groups + 2 > 8) {
    const message = 'too many hex fields to fit an embedded IPv4 at the end of the address';
    return at(message, rest);
  }
  return v4Problem(rest) ?? endProblem('', groups + 2, hasGap);
}

function endProblem(rest: string, groups: number, hasGap: boolean): string | undefined {
  if (rest !== '') return at('trailing garbage after address', rest);
  if (groups < 8) return hasGap ? undefined : 'address string too short';
  return hasGap ? 'the :: must expand to at least one field of zeros' : undefined;
}
