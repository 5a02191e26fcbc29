import { useState } from 'react';
import { catalog } from '../../i18n/catalog';
import { Menu } from '../app/Menu';
import type { MenuItem } from '../app/Menu';
import { messages } from '../messages';
import { openText } from '../state/editor-store';
import { samples } from '../state/samples';
import type { Sample } from '../state/samples';
import { Icon } from '../theme/Icon';
import type { NamedSample } from './more-samples';

const words = catalog.editing;

type Group = keyof typeof words.groups;

const GROUPS: Record<Sample['id'], Group> = {
  web: 'first',
  rollout: 'first',
  daemon: 'workloads',
  pending: 'trouble',
  badImage: 'trouble',
  machine: 'world',
};

/** Manifests to begin with; each opens in a tab of its own. */
export function Gallery() {
  const [more, setMore] = useState<readonly NamedSample[]>([]);
  const load = () => {
    if (more.length > 0) return;
    // Without them the first ones are still there.
    import('./more-samples').then(({ moreSamples }) => setMore(moreSamples())).catch(() => {});
  };
  return (
    <span onPointerEnter={load} onFocus={load}>
      <Menu
        className="btn"
        menuLabel={messages.editor.sampleMenu}
        heading={words.galleryAbout}
        align="end"
        wide
        items={itemsOf(more)}
      >
        {words.gallery}
        <Icon name="down" />
      </Menu>
    </span>
  );
}

function itemsOf(more: readonly NamedSample[]): MenuItem[] {
  const all = [
    ...samples.map((sample) => ({
      ...sample,
      group: GROUPS[sample.id],
      ...messages.editor.sampleNames[sample.id],
    })),
    ...more,
  ];
  return (Object.keys(words.groups) as Group[]).flatMap((group) =>
    all
      .filter((sample) => sample.group === group)
      .map(({ id, name, about, fileName, text }) => ({
        id,
        name,
        about,
        group: words.groups[group],
        run: () => openText({ fileName, text }),
      })),
  );
}
