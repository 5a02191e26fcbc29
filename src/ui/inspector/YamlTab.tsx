import { lazy, memo, Suspense, useEffect, useState } from 'react';
import type { KubeObject } from '../../api/object';
import { catalog } from '../../i18n/catalog';
import { copyText } from '../app/Sheet';
import { messages } from '../messages';
import { objectPath } from '../state/object-path';
import type { Selection } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { colourLine } from './yaml-colours';

const YamlEdit = lazy(() => import('./YamlEdit'));

interface YamlTabProps {
  object: KubeObject;
  selection: Selection;
}

/** The object as the server has it now, to be read, copied and changed. */
export const YamlTab = memo(function YamlTab({ object, selection }: YamlTabProps) {
  const yaml = useYaml(object);
  const [edited, setEdited] = useState<{ object: KubeObject; yaml: string } | null>(null);
  const [copied, setCopied] = useState(false);
  const path = objectPath(selection);
  if (edited && path) {
    return (
      <Suspense fallback={<p className="empty">{messages.inspector.loading}</p>}>
        <YamlEdit {...edited} path={path} onEnd={() => setEdited(null)} />
      </Suspense>
    );
  }
  return (
    <div className="yaml-tab">
      <div className="yaml-acts">
        <button
          type="button"
          className="btn out"
          disabled={yaml === ''}
          onClick={() => setEdited({ object, yaml })}
        >
          {catalog.inspection.edit}
        </button>
        <button
          type="button"
          className="btn out"
          onClick={() => void copyText(yaml).then(setCopied)}
        >
          <Icon name={copied ? 'check' : 'doc'} />
          {copied ? messages.copied : messages.inspector.copyYaml}
        </button>
      </div>
      <pre tabIndex={0} aria-label={messages.inspector.yamlLabel}>
        <YamlLines yaml={yaml} />
      </pre>
    </div>
  );
});

/** YAML in its colours, line by line: only lines that changed are drawn anew. */
export function YamlLines({ yaml }: { yaml: string }) {
  return yaml.split('\n').map((line, at) => <Line key={at} line={line} />);
}

const Line = memo(function Line({ line }: { line: string }) {
  return (
    <div className="yaml-line">
      {colourLine(line).map(({ text, as }, at) => (
        <span key={at} className={as ? `y-${as}` : undefined}>
          {text}
        </span>
      ))}
      {line === '' && '\u200b'}
    </div>
  );
});

function useYaml(object: KubeObject): string {
  const [yaml, setYaml] = useState('');
  useEffect(() => {
    let stale = false;
    void import('./clean-yaml').then(({ cleanYaml }) => stale || setYaml(cleanYaml(object)));
    return () => {
      stale = true;
    };
  }, [object]);
  return yaml;
}
