import { useEffect } from 'react';
import { sceneStore, type Selection } from '../state/scene-store';
import { lit } from '../story/pointed';
import type { ScenePod } from '../../scene/scene';
import { filterStore, isFiltering, passes } from '../search/filters';
import { crowdOf } from '../state/crowd';
import { canvasUi } from './canvas-ui';
import { ownerKey } from './pod-marks';
import { spotlightCss } from './spotlight';

/** Keeps the page's spotlight sheet in step with selection, narration, hover and hand. */
export function useSpotlight(): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    let last = '';
    const update = () => {
      const { hover, hand, story } = canvasUi.getState();
      const { selection, pods } = sceneStore.getState();
      const pod = hover ? pods.get(hover) : undefined;
      const css = spotlightCss({
        selection,
        narrated: lit.getState().object ?? (story?.about satisfies Selection | undefined) ?? null,
        owner: pod && !hand ? ownerKey(pod) : null,
        inHand: hand?.node ?? null,
        out: leftOut(pods),
      });
      if (css === last) return;
      last = css;
      sheet.replaceSync(css);
    };
    update();
    const stopUi = canvasUi.subscribe(update);
    const stopLit = lit.subscribe(update);
    const stopFilters = filterStore.subscribe(update);
    const stopScene = sceneStore.subscribe((scene, before) => {
      const mayPass = scene.pods !== before.pods && isFiltering(filterStore.getState());
      if (mayPass || scene.selection !== before.selection) update();
    });
    return () => {
      stopUi();
      stopLit();
      stopScene();
      stopFilters();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
    };
  }, []);
}

/** Keys of what the filters leave out; a crowd is dimmed where it is painted. */
function leftOut(pods: ReadonlyMap<string, ScenePod>): string[] {
  const filters = filterStore.getState();
  if (!isFiltering(filters) || crowdOf(pods)) return [];
  return [...pods.values()].filter((pod) => !passes(filters, pod)).map(({ key }) => key);
}
