import { memo, useEffect, useState } from 'react';
import type { KubeObject } from '../../api/object';
import { copyText } from '../app/Sheet';
import { messages } from '../messages';
import { Icon } from '../theme/Icon';
import { colourLine } from './yaml-colours';

/** The object as the server has it now. */
export const YamlTab = memo(function YamlTab({ object }: { object: KubeObject }) {
  const yaml = useYaml(object);
  const [copied, setCopied] = useState(false);
  return (
    <div className="yaml-tab">
      <button
        type="button"
        className="btn out yaml-copy"
        onClick={() => void copyText(yaml).then(setCopied)}
      >
        <Icon name={copied ? 'check' : 'doc'} />
        {copied ? messages.copied : messages.inspector.copyYaml}
      </button>
      <pre tabIndex={0} aria-label={messages.inspector.yamlLabel}>
        {yaml.split('\n').map((line, at) => (
          <Line key={at} line={line} />
        ))}
      </pre>
    </div>
  );
});

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
