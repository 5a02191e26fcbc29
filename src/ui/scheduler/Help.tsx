import { useMemo } from 'react';
import { pods as podsRef } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { SchedulingReport } from '../../host/protocol';
import { carryOut } from '../acts/carry-out';
import { usePage } from '../app/page-context';
import { collectionPath } from '../state/object-path';
import { useScene } from '../state/scene-store';
import { useLiveObject } from '../state/use-collection';
import { suggestionsFor } from './suggestions';
import { words } from './words';
import './help.css';

/** Single acts that would help; each is a button that does it. */
export default function Help({ pod, report }: { pod: string; report: SchedulingReport | null }) {
  const { session } = usePage();
  const [namespace = '', name = ''] = pod.split('/');
  const { object } = useLiveObject<Pod>(collectionPath(podsRef, namespace), name);
  const nodes = useScene((scene) => scene.nodes);
  const suggestions = useMemo(
    () => (object ? suggestionsFor(object, report, nodes) : []),
    [object, report, nodes],
  );
  if (!object || (suggestions.length === 0 && !report)) return null;
  return (
    <section className="sched-help">
      <h3>{words.help}</h3>
      {suggestions.length === 0 && <p>{words.noHelp}</p>}
      <ul>
        {suggestions.map((suggestion) => (
          <li key={suggestion.id}>
            <button
              type="button"
              className="btn out"
              onClick={() => void carryOut(suggestion, {}, name, () => session.touched())}
            >
              {suggestion.name}
            </button>
            <small>{words.because(suggestion.against)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
