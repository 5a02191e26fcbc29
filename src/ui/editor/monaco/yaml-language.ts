// Completion, hover and checking of Kubernetes YAML, all in a worker of its own, which also fetches
// the schema, so that nothing of it costs the page a frame.
import type { editor as MonacoApi } from 'monaco-editor/editor/editor.api';
import { configureMonacoYaml } from 'monaco-yaml';
import type { MonacoYaml } from 'monaco-yaml';
import schemaUrl from '../../../../generated/docs-schema.json?url';
import { monaco } from './monaco';

type Monaco = Parameters<typeof configureMonacoYaml>[0];

let configured: MonacoYaml | undefined;

/** Teaches Monaco YAML, once. */
export function teachYaml(): void {
  configured ??= configureMonacoYaml(withYamlWorker(), {
    enableSchemaRequest: true,
    schemas: [{ uri: new URL(schemaUrl, location.href).href, fileMatch: ['*'] }],
    yamlVersion: '1.1',
    hoverAnchor: false,
  });
}

type RegisterHover = typeof monaco.languages.registerHoverProvider;

/** A hover without its last line, which names the schema's file: that says nothing to anybody. */
const registerHover: RegisterHover = (selector, provider) =>
  monaco.languages.registerHoverProvider(selector, {
    provideHover: async (...from) => {
      const hover = await provider.provideHover(...from);
      if (!hover) return hover;
      const contents = hover.contents.map((content) => {
        const value = content.value.replace(/\n*Source: \[[^\]]*\]\([^)]*\)\s*$/, '');
        return { ...content, value };
      });
      return { ...hover, contents };
    },
  });

/**
 * Monaco makes a worker only out of one that is handed in, where monaco-yaml still names a module:
 * the worker takes one message to wake up and one with its settings.
 */
function withYamlWorker(): Monaco {
  const createWebWorker = <T extends object>({ createData }: { createData?: unknown }) => {
    const worker = new Worker(new URL('./yaml-worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage('ignore');
    worker.postMessage(createData);
    return monaco.editor.createWebWorker<T>({ worker });
  };
  const { setModelMarkers } = monaco.editor;
  const marking = {
    setModelMarkers: (...[model, owner, markers]: Parameters<typeof setModelMarkers>) =>
      setModelMarkers(model, owner, isBlank(model) ? [] : markers),
  };
  const editor = { ...monaco.editor, ...marking, createWebWorker } as unknown as typeof MonacoApi;
  const languages = { ...monaco.languages, registerHoverProvider: registerHover };
  return { ...monaco, editor, languages } as unknown as Monaco;
}

/** A document in which nothing is written yet lacks nothing. */
function isBlank(model: MonacoApi.ITextModel): boolean {
  return model.getLinesContent().every((line) => /^\s*(#.*|---\s*)?$/.test(line));
}
