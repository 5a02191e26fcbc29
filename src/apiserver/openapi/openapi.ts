// OpenAPI of what is served: '/openapi/v2' in one document, '/openapi/v3' as an index and a
// document a group and version. It is big and only real clients ask for it, so that the Node host
// alone serves it; documents are made when first asked for.
// Where the real one differs: operations carry no bodies and few parameters.
// Upstream: kube-openapi/pkg/{handler,handler3}.
import type { ResourceDefinition } from '../../resources/definition';
import { typeNameOf } from '../decode/known-types';
import { jsonResponse, textResponse } from '../http/respond';
import type { HttpRequest, HttpResponse } from '../http/http';
import {
  encodeDocumentV2,
  V2_PROTOBUF,
  V2_PROTOBUF_TYPE,
  type DocumentV2,
} from './document-v2-protobuf';
import { resourcePaths } from './paths';
import { SchemaBook, type DocsSchema, type Schema } from './schemas';

const INFO = { title: 'Kubernetes', version: 'v1.36.0' };
const STYLE = { pretty: false };
const JSON_TYPE = 'application/json';
const PATH = /^\/openapi\/(v2|v3)(?:\/([^?]*))?(?:\?(?:hash=(\w+))?.*)?$/;

type Tail<T> = T extends [unknown, ...infer Rest] ? Rest : never;

/** Like an HttpResponse, but its body may be bytes. */
export type OpenApiResponse = Omit<HttpResponse, 'body'> & { body: string | Uint8Array };

export class OpenApi {
  private docs: DocsSchema | undefined;
  private v2Bytes: Uint8Array | undefined;
  private readonly made = new Map<string, object>();
  private readonly hashes = new WeakMap<object, string>();
  private readonly texts = new WeakMap<object, string>();
  private seen: readonly ResourceDefinition[] | undefined;

  constructor(
    /** What is served now; the same array until that changes. */
    private readonly served: () => readonly ResourceDefinition[],
    /** Reads the documented schema, which is large. */
    private readonly loadDocs: () => DocsSchema,
  ) {}

  /** Undefined for a path that is none of OpenAPI's. */
  handle({ method, path, headers = {} }: HttpRequest): OpenApiResponse | undefined {
    const [, version, rest = '', hash = ''] = PATH.exec(path) ?? [];
    if (version === undefined || method !== 'GET') return undefined;
    this.refresh();
    const known = headers['if-none-match'] ?? '';
    if (version === 'v2' && rest === '') {
      const document = this.document('v2', () => this.makeV2());
      const isProtobuf = V2_PROTOBUF.test(headers.accept ?? '');
      const tag = this.hash(document) + (isProtobuf ? 'F' : '');
      if (isProtobuf) this.v2Bytes ??= encodeDocumentV2(document as DocumentV2);
      const body = isProtobuf ? this.v2Bytes! : this.text(document);
      return tagged(body, isProtobuf ? V2_PROTOBUF_TYPE : JSON_TYPE, tag, known);
    }
    if (version === 'v3' && rest === '') {
      return jsonResponse(
        200,
        this.document('v3', () => this.makeIndex()),
        STYLE,
      );
    }
    const isServed = this.definitions.some(({ ref }) => rootOf(ref) === rest);
    if (version === 'v2' || !isServed) return textResponse(404, '404 page not found\n');
    const document = this.v3(rest);
    const tag = this.hash(document);
    if (hash && hash !== tag) return redirect(`/openapi/v3/${rest}?hash=${tag}`);
    const response = tagged(this.text(document), JSON_TYPE, tag, known);
    if (hash) response.headers['Cache-Control'] = 'public, immutable';
    return response;
  }

  private get definitions(): readonly ResourceDefinition[] {
    return this.seen ?? [];
  }

  /** Forgets the documents in which custom resources may have changed. */
  private refresh(): void {
    const now = this.served();
    if (now === this.seen) return;
    const custom = [...(this.seen ?? []), ...now].filter((definition) => definition.custom);
    for (const { ref } of custom) this.made.delete(rootOf(ref));
    if (!this.seen || custom.length > 0 || now.length !== this.seen.length) {
      this.made.delete('v2');
      this.made.delete('v3');
      this.v2Bytes = undefined;
    }
    this.seen = now;
  }

  private v3(root: string): object {
    return this.document(root, () =>
      this.makeV3(this.definitions.filter(({ ref }) => rootOf(ref) === root)),
    );
  }

  private document(key: string, make: () => object): object {
    let found = this.made.get(key);
    if (!found) {
      found = make();
      this.made.set(key, found);
    }
    return found;
  }

  private makeIndex(): object {
    const paths: Record<string, Schema> = {};
    for (const root of [...new Set(this.definitions.map(({ ref }) => rootOf(ref)))].sort()) {
      const hash = this.hash(this.v3(root));
      paths[root] = { serverRelativeURL: `/openapi/v3/${root}?hash=${hash}` };
    }
    return { paths };
  }

  private hash(document: object): string {
    let hash = this.hashes.get(document);
    if (hash === undefined) {
      hash = hashOf(this.text(document));
      this.hashes.set(document, hash);
    }
    return hash;
  }

  private text(document: object): string {
    let text = this.texts.get(document);
    if (text === undefined) this.texts.set(document, (text = JSON.stringify(document)));
    return text;
  }

  private makeV2(): DocumentV2 {
    const book = this.book('#/definitions/', false);
    const paths = this.fill(
      book,
      this.definitions,
      (name, where) => ({
        name,
        in: where,
        type: 'string',
        ...(where === 'path' ? { required: true } : {}),
        uniqueItems: true,
      }),
      () => ({}),
    );
    return { swagger: '2.0', info: INFO, paths, definitions: book.schemas };
  }

  private makeV3(definitions: readonly ResourceDefinition[]): object {
    const book = this.book('#/components/schemas/', true);
    const paths = this.fill(
      book,
      definitions,
      (name, where) => ({
        name,
        in: where,
        ...(where === 'path' ? { required: true } : {}),
        schema: { type: 'string', uniqueItems: true },
      }),
      (types) => ({
        requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) },
      }),
    );
    return { openapi: '3.0.0', info: INFO, paths, components: { schemas: book.schemas } };
  }

  private book(refRoot: string, wrapsRefs: boolean): SchemaBook {
    this.docs ??= this.loadDocs();
    return new SchemaBook(this.docs, refRoot, wrapsRefs);
  }

  /** Adds the kinds to the book; answers their paths. */
  private fill(
    book: SchemaBook,
    definitions: readonly ResourceDefinition[],
    ...spelling: Tail<Parameters<typeof resourcePaths>>
  ): Record<string, Schema> {
    const paths: Record<string, Schema> = {};
    for (const definition of definitions) {
      const { group, version, kind, apiVersion } = definition.ref;
      const { custom, listKind } = definition;
      const typeName = typeNameOf(apiVersion, kind);
      if (custom) {
        book.addCustom(custom.schema, { group, version, kind }, listKind);
        Object.assign(paths, resourcePaths(definition, ...spelling));
      }
      if (typeName === undefined || custom) continue;
      book.addKind(typeName, [{ group, version, kind }]);
      book.addList(typeName, { group, version, kind: listKind });
      Object.assign(paths, resourcePaths(definition, ...spelling));
    }
    return paths;
  }
}

/** 'api/v1', 'apis/apps/v1'. */
function rootOf({ group, version }: { group: string; version: string }): string {
  return group ? `apis/${group}/${version}` : `api/${version}`;
}

/** Clients keep documents on disk by this. */
/** With a tag by which a client may ask whether what it has is still so. */
function tagged(
  body: string | Uint8Array,
  type: string,
  tag: string,
  known: string,
): OpenApiResponse {
  const headers: Record<string, string> = { Etag: `"${tag}"`, Vary: 'Accept' };
  if (known.includes(headers.Etag)) return { status: 304, headers, body: '' };
  return { status: 200, headers: { 'Content-Type': type, ...headers }, body };
}

function redirect(to: string): OpenApiResponse {
  const body = `<a href="${to}">Moved Permanently</a>.\n\n`;
  return {
    status: 301,
    headers: { 'Content-Type': 'text/html; charset=utf-8', Location: to },
    body,
  };
}

function hashOf(text: string): string {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) >>> 0;
  return hash.toString(16).toUpperCase().padStart(8, '0').repeat(4);
}
