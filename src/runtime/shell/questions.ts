// What scripts ask of the network before they go on: whether a name is known, whether somebody
// listens there. Init containers wait for Services by such questions.

export interface NetworkQuestion {
  /** As it is written: 'db', 'db.shop.svc.cluster.local', '10.96.0.1'. */
  readonly host: string;
  /** 0 when only the name is asked for. */
  readonly port: number;
}

const SCHEME_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };
/** Clients with the port of their server and the flags of host and port. */
const CLIENTS: Readonly<Record<string, { port: number; host: string; flag: string }>> = {
  mysql: { port: 3306, host: '-h', flag: '-P' },
  mysqladmin: { port: 3306, host: '-h', flag: '-P' },
  'mariadb-admin': { port: 3306, host: '-h', flag: '-P' },
  pg_isready: { port: 5432, host: '-h', flag: '-p' },
  psql: { port: 5432, host: '-h', flag: '-p' },
  'redis-cli': { port: 6379, host: '-h', flag: '-p' },
  mongo: { port: 27017, host: '--host', flag: '--port' },
  mongosh: { port: 27017, host: '--host', flag: '--port' },
};
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1|\[::1\]|)$/;

/** What that command asks, or undefined when it asks nothing beyond its own pod. */
export function questionOf([path, ...args]: readonly string[]): NetworkQuestion | undefined {
  const question = asked(path.slice(path.lastIndexOf('/') + 1), args);
  return question && LOCAL.test(question.host) ? undefined : question;
}

/** What a command writes that asked: a page's status where it shows that, else something. */
export function writtenOfAnswer(words: readonly string[], isThere: boolean): string {
  if (words.some((word) => word.includes('http_code'))) return isThere ? '200' : '000';
  return isThere ? '  HTTP/1.1 200 OK' : '';
}

function asked(name: string, args: readonly string[]): NetworkQuestion | undefined {
  const plain = args.filter((arg) => !arg.startsWith('-') && !arg.startsWith('+'));
  switch (name) {
    case 'nslookup':
    case 'host':
    case 'dig':
      return plain.length > 0 ? { host: plain[0], port: 0 } : undefined;
    case 'getent':
      return plain[0] === 'hosts' && plain[1] ? { host: plain[1], port: 0 } : undefined;
    case 'nc':
    case 'ncat':
    case 'telnet':
      return args.some((arg) => /^-\w*l/.test(arg) || arg === '--listen') ? undefined : pair(plain);
    case 'wget':
    case 'curl':
      return ofUrl(args);
  }
  if (/^wait-for(?:-it)?(?:\.sh)?$/.test(name)) {
    const [host, port] = (plain[0] ?? '').split(':');
    return port ? { host, port: Number(port) } : undefined;
  }
  return Object.hasOwn(CLIENTS, name) ? ofClient(CLIENTS[name], args) : undefined;
}

/** The last two of `nc -z -w 2 db 3306`. */
function pair(plain: readonly string[]): NetworkQuestion | undefined {
  const port = Number(plain.at(-1));
  return plain.length > 1 && port > 0 ? { host: plain.at(-2)!, port } : undefined;
}

function ofUrl(args: readonly string[]): NetworkQuestion | undefined {
  for (const arg of args) {
    const match = /^(?:(https?):\/\/)?(?:[^@/]*@)?([\w.-]+)(?::(\d+))?(?:[/?].*)?$/.exec(arg);
    const isUrl = match && (match[1] !== undefined || match[3] !== undefined);
    if (isUrl)
      return { host: match[2], port: Number(match[3] ?? SCHEME_PORTS[match[1] ?? 'http']) };
  }
  return undefined;
}

function ofClient(
  { port, host, flag }: (typeof CLIENTS)[string],
  args: readonly string[],
): NetworkQuestion {
  const valueOf = (name: string): string | undefined => {
    const at = args.findIndex((arg) => arg === name || arg.startsWith(name + '='));
    if (at >= 0) return args[at].slice(name.length + 1) || args[at + 1];
    const joined = name.length === 2 && args.find((arg) => arg.startsWith(name));
    return joined ? joined.slice(2) : undefined;
  };
  return { host: valueOf(host) ?? '', port: Number(valueOf(flag) ?? port) };
}
