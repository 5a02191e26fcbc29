// The pages that are open on the served cluster, below /ui/engine: GET begins a session, POST says
// something in it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SharedPast } from '../history/shared-past';
import type { ToEngine } from '../protocol';
import { PageSession } from './page-session';
import { readBody } from './read-body';
import type { WallPump } from './wall-pump';

/** Where the page finds them, relative to its own address. */
export const ENGINE_PATH = '/ui/engine';
const BODY_BYTES_MAX = 8 * 1024 * 1024;

export class PageSessions {
  private readonly open = new Map<string, PageSession>();

  constructor(
    private readonly past: SharedPast,
    private readonly pump: WallPump,
  ) {}

  serve(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '' } = request;
    const id = url.slice(ENGINE_PATH.length + 1);
    if (method === 'GET' && id === '') this.begin(response);
    else if (method === 'POST') this.hear(id, request, response);
    else response.writeHead(405, { Allow: 'GET, POST' }).end();
  }

  private begin(response: ServerResponse): void {
    const session: PageSession = new PageSession(this.past, this.pump, response, () =>
      this.open.delete(session.id),
    );
    this.open.set(session.id, session);
  }

  private hear(id: string, request: IncomingMessage, response: ServerResponse): void {
    const session = this.open.get(id);
    const answer = (status: number): void => void response.writeHead(status).end();
    readBody(
      request,
      BODY_BYTES_MAX,
      (body) => answer(session ? hearAll(session, body.toString('utf8')) : 404),
      () => answer(session ? 413 : 404),
    );
  }
}

/** The status of the answer: what is no list of messages is refused. */
function hearAll(session: PageSession, body: string): number {
  let messages: unknown;
  try {
    messages = JSON.parse(body);
  } catch {
    return 400;
  }
  if (!Array.isArray(messages)) return 400;
  for (const message of messages as ToEngine[]) session.receive(message);
  return 204;
}
