import { memo, useEffect, useMemo, useState } from 'react';
import type { KubeObject } from '../../api/object';
import { Discovery, resourcePath } from '../../kubectl/apply/discovery';
import { parseManifests } from '../../kubectl/apply/manifest';
import type { ManifestObject } from '../../kubectl/apply/manifest';
import { usePage } from '../app/page-context';
import { openObject } from '../canvas/actions-context';
import { cleanYaml } from '../inspector/clean-yaml';
import { YamlLines } from '../inspector/YamlTab';
import { useEditor } from '../state/editor-store';
import { useEngine } from '../state/engine-store';
import { converse } from '../state/transport';
import { useLiveObject } from '../state/use-collection';
import { words as editor } from './words';

const words = editor.live;

/** The objects that the file names, as the API server has them now. */
export default function LivePane() {
  const text = useEditor((state) => state.text);
  const objects = useMemo(
    () => parseManifests(text).flatMap(({ object }) => (object ? [object] : [])),
    [text],
  );
  return (
    <section className="editor-side is-live" aria-label={words.label} tabIndex={0}>
      {objects.length === 0 && <p className="empty">{words.none}</p>}
      {objects.map((object, at) => (
        <LiveObject key={`${object.kind} ${object.metadata.name} ${at}`} named={object} />
      ))}
    </section>
  );
}

function LiveObject({ named }: { named: ManifestObject }) {
  const { kind, metadata } = named;
  const { name = '', namespace = 'default' } = metadata;
  const { actions } = usePage();
  const collection = useCollectionPath(named);
  const { object } = useLiveObject<KubeObject>(collection, name);
  return (
    <article>
      <header>
        <h2>
          {kind} <b className="mono">{name}</b>
        </h2>
        {object ? (
          <button
            type="button"
            className="link"
            onClick={() =>
              openObject(actions, {
                kind,
                namespace: object.metadata.namespace ?? '',
                name,
                text: name,
              })
            }
          >
            {words.open(name)}
          </button>
        ) : (
          <span className="t-3">
            {words.missing} · {namespace}
          </span>
        )}
      </header>
      {object && <LiveYaml object={object} />}
    </article>
  );
}

const LiveYaml = memo(function LiveYaml({ object }: { object: KubeObject }) {
  return (
    <pre>
      <YamlLines yaml={cleanYaml(object)} />
    </pre>
  );
});

/** Where objects of that kind stand; undefined until the server has said so. */
function useCollectionPath({ apiVersion, kind, metadata }: ManifestObject): string | undefined {
  const engine = useEngine((state) => state.engine);
  const { namespace = 'default' } = metadata;
  const [path, setPath] = useState<string>();
  useEffect(() => {
    let isOver = false;
    setPath(undefined);
    if (!engine) return;
    converse(new Discovery().find(apiVersion, kind), engine).then(
      (found) => {
        if (!isOver && !('status' in found)) setPath(resourcePath(found, namespace));
      },
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [engine, apiVersion, kind, namespace]);
  return path;
}
