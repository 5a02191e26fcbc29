import { useState } from 'react';
import { catalog } from '../../i18n/catalog';
import { copyText } from '../app/Sheet';
import type { Selection } from '../state/scene-store';
import { Icon } from '../theme/Icon';

const words = catalog.inspection;

/** The command that shows the same in a terminal. */
export function kubectlFor({ kind, namespace, name }: Selection, tab: string): string {
  const scope = namespace === '' || namespace === 'default' ? '' : ` -n ${namespace}`;
  const kinds = kind.toLowerCase();
  if (tab === 'yaml') return `kubectl get ${kinds} ${name}${scope} -o yaml`;
  if (tab === 'events') return `kubectl events --for ${kinds}/${name}${scope}`;
  return `kubectl describe ${kinds} ${name}${scope}`;
}

/** A command and a button that copies it. */
export function KubectlLine({ selection, tab }: { selection: Selection; tab: string }) {
  const [copied, setCopied] = useState('');
  const command = kubectlFor(selection, tab);
  return (
    <p className="kubectl-line">
      <span>{words.command}</span>
      <code>{command}</code>
      <button
        type="button"
        className="btn sq"
        aria-label={words.copyCommand}
        title={words.copyCommand}
        onClick={() =>
          void copyText(command).then((isCopied) => setCopied(isCopied ? command : ''))
        }
      >
        <Icon name={copied === command ? 'check' : 'doc'} size={14} />
      </button>
    </p>
  );
}
