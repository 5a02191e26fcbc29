import { useEffect } from 'react';
import { sceneStore, type Selection } from '../state/scene-store';
import { lit } from '../story/pointed';
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
      });
      if (css === last) return;
      last = css;
      sheet.replaceSync(css);
    };
    update();
    const stopUi = canvasUi.subscribe(update);
    const stopLit = lit.subscribe(update);
    const stopScene = sceneStore.subscribe((scene, before) => {
      if (scene.selection !== before.selection) update();
    });
    return () => {
      stopUi();
      stopLit();
      stopScene();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
    };
  }, []);
}
