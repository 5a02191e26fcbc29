// An engine that runs elsewhere: the same messages as to a worker, as POSTs to the server that sent
// this page, and its answers as lines of one long response. What is said before the line stands is
// kept and said in order.
import type { FromEngine, ToEngine } from '../../host/protocol';
import type { EnginePort } from './engine';

/** Where the server that sent this page has the engine; undefined when the engine is the tab's. */
export function remotePath(): string | undefined {
  return (globalThis as { kubariumRemote?: string }).kubariumRemote;
}

const LOST = 'the server has gone: start it again and load this page anew';

export class RemoteEngine implements EnginePort {
  onmessage: ((event: { data: FromEngine }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  private session = '';
  private unsaid: ToEngine[] = [];
  private isSaying = false;
  private readonly line = new AbortController();

  /** `path`: where the server takes sessions. */
  constructor(private readonly path: string) {
    void this.listen();
  }

  postMessage(message: ToEngine): void {
    this.unsaid.push(message);
    void this.say();
  }

  terminate(): void {
    this.line.abort();
  }

  private async say(): Promise<void> {
    if (this.isSaying || this.session === '') return;
    this.isSaying = true;
    try {
      while (this.unsaid.length > 0) {
        const body = JSON.stringify(this.unsaid.splice(0));
        const { signal } = this.line;
        const { ok } = await fetch(`${this.path}/${this.session}`, {
          method: 'POST',
          body,
          signal,
        });
        if (!ok) throw new Error(LOST);
      }
    } catch {
      this.lose();
    } finally {
      this.isSaying = false;
    }
  }

  private async listen(): Promise<void> {
    try {
      const { signal } = this.line;
      const response = await fetch(this.path, { signal });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      const text: string[] = [];
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text.push(value);
        if (!value.includes('\n')) continue;
        const lines = text.splice(0).join('').split('\n');
        text.push(lines.pop()!);
        for (const line of lines) this.hear(line);
      }
    } catch {
      // Told below, as an end without an error is.
    }
    this.lose();
  }

  private hear(line: string): void {
    if (line === '') return;
    const message = JSON.parse(line) as FromEngine | { session: string };
    if ('session' in message) {
      this.session = message.session;
      void this.say();
    } else this.onmessage?.({ data: withBytes(message) });
  }

  private lose(): void {
    if (!this.line.signal.aborted) this.onerror?.({ message: LOST });
    this.line.abort();
  }
}

/** Bytes come as text, base64. */
function withBytes(message: FromEngine): FromEngine {
  if (message.type !== 'apart' || typeof message.saved !== 'string') return message;
  const bytes = Uint8Array.from(atob(message.saved), (letter) => letter.charCodeAt(0));
  return { ...message, saved: bytes.buffer };
}
