// The requests of one page: each answer goes to it as messages, that of a watch chunk by chunk.
import type { Cluster } from '../cluster/cluster';
import type { FromEngine, HttpRequest } from './protocol';

/** Who the page's requests come from, unless they say otherwise. */
const PERSON = 'kubectl';

/** Who answers: a cluster, or a moment of its past. */
type Answerer = Pick<Cluster, 'handle'>;

export class PageRequests {
  private readonly watches = new Map<number, () => void>();

  constructor(private readonly post: (message: FromEngine) => void) {}

  answer(answerer: Answerer, id: number, request: HttpRequest): void {
    const named = { ...request, headers: { 'User-Agent': PERSON, ...request.headers } };
    const { status, headers, body, stream } = answerer.handle(named);
    this.post({ type: 'response', id, response: { status, headers, body } });
    if (!stream) return;
    this.watches.set(id, () => stream.stop());
    stream.start({
      chunk: (text) => this.post({ type: 'chunk', id, text, last: false }),
      end: () => {
        this.watches.delete(id);
        this.post({ type: 'chunk', id, text: '', last: true });
      },
    });
  }

  /** Ends the watch that the page began under this id, if there is one. */
  abort(id: number): void {
    this.watches.get(id)?.();
    this.watches.delete(id);
  }

  /** Ends all watches: the page starts anew, or has gone. */
  abortAll(): void {
    for (const stop of this.watches.values()) stop();
    this.watches.clear();
  }
}
