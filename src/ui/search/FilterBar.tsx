import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import type { PodLook } from '../../scene/scene';
import { POD_LOOKS } from '../../scene/packed-pods';
import { crowdOf } from '../state/crowd';
import { useReadout } from '../state/scene-readout';
import type { SceneData } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { filterStore, isFiltering, noFilters, ownerText, passes, useFilters } from './filters';
import { filterMask } from './filter-mask';
import { words } from '../canvas/crowd/words';
import './search.css';

interface Choices {
  namespaces: string[];
  labels: string[];
  owners: string[];
}

/** Chooses which pods stand out; what is left out is dimmed, and how many are left is told. */
export default function FilterBar({ onClose }: { onClose: () => void }) {
  const filters = useFilters(useShallow((all) => ({ ...all })));
  const text = useReadout((scene) => choicesText(scene));
  const choices = useMemo(() => JSON.parse(text) as Choices, [text]);
  const [shown, all] = useReadout(useShallow((scene) => counts(scene)));
  const looks = POD_LOOKS.map((look) => [look, catalog.canvas.looks[look]] as const);
  return (
    <div className="filters" role="group" aria-label={words.filters}>
      <Choose
        label={words.filterNamespace}
        value={filters.namespace}
        options={choices.namespaces.map((it) => [it, it])}
        onChange={(namespace) => filterStore.setState({ namespace })}
      />
      <Choose
        label={words.filterLabel}
        value={filters.label}
        options={choices.labels.map((it) => [it, it])}
        onChange={(label) => filterStore.setState({ label })}
      />
      <Choose
        label={words.filterOwner}
        value={filters.owner}
        options={choices.owners.map((it) => [it, it.replace('/', ' ')])}
        onChange={(owner) => filterStore.setState({ owner })}
      />
      <Choose
        label={words.filterLook}
        value={filters.look}
        options={looks}
        onChange={(look) => filterStore.setState({ look: look as PodLook | '' })}
      />
      <output className="num">{words.filterCount(shown, all)}</output>
      {isFiltering(filters) && (
        <button type="button" className="btn out" onClick={() => filterStore.setState(noFilters)}>
          {words.filterOff}
        </button>
      )}
      <button type="button" className="btn sq" aria-label={catalog.page.close} onClick={onClose}>
        <Icon name="x" />
      </button>
    </div>
  );
}

interface ChooseProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChange: (value: string) => void;
}

function Choose({ label, value, options, onChange }: ChooseProps) {
  return (
    <label className={value === '' ? 'filter' : 'filter is-set'}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{words.filterAny}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

let lastPods: SceneData['pods'] | undefined;
let lastText = '';

/** What there is to choose from, as text, so that it is the same while nothing else came. */
function choicesText({ pods }: SceneData): string {
  if (pods === lastPods) return lastText;
  lastPods = pods;
  const crowd = crowdOf(pods);
  const namespaces = new Set<string>();
  const labels = new Set<string>();
  const owners = new Set<string>();
  if (crowd) {
    for (const word of crowd.namespaces.words) namespaces.add(word);
    for (const word of crowd.labels.words) word.split(',').forEach((pair) => labels.add(pair));
    for (const word of crowd.owners.words) owners.add(ownerText(word));
  } else {
    for (const pod of pods.values()) {
      namespaces.add(pod.namespace);
      pod.labels?.split(',').forEach((pair) => labels.add(pair));
      owners.add(ownerText(pod.owner));
    }
  }
  const isOwn = (pair: string) => pair !== '' && !/^(pod-template|controller-revision)/.test(pair);
  lastText = JSON.stringify({
    namespaces: [...namespaces].sort(),
    labels: [...labels].filter(isOwn).sort(),
    owners: [...owners].filter((it) => it !== '' && !it.startsWith('Node/')).sort(),
  });
  return lastText;
}

/** How many pods the filters let through, of how many. */
function counts({ pods }: SceneData): [shown: number, all: number] {
  const filters = filterStore.getState();
  if (!isFiltering(filters)) return [pods.size, pods.size];
  const crowd = crowdOf(pods);
  let shown = 0;
  if (crowd) for (const one of filterMask(crowd, filters)!) shown += one;
  else for (const pod of pods.values()) shown += Number(passes(filters, pod));
  return [shown, pods.size];
}
