import { lazy, Suspense } from 'react';
import { loadActs } from '../acts/load';
import { canvasUi, useCanvasUi } from './canvas-ui';
import './menu.css';

const ActMenu = lazy(async () => ({ default: (await loadActs()).ActMenu }));
const ActForm = lazy(async () => ({ default: (await loadActs()).ActForm }));

/**
 * What can be done with the object under the pointer or in focus: right click, M, or a long press;
 * and what an act has to ask.
 */
export function CanvasMenu() {
  const menu = useCanvasUi((ui) => ui.menu);
  const form = useCanvasUi((ui) => ui.form);
  return (
    <Suspense>
      {menu && <ActMenu key={`${menu.kind} ${menu.name} ${menu.x}`} menu={menu} />}
      {form && <ActForm key={`${form.offer.name} ${form.target.name}`} form={form} />}
    </Suspense>
  );
}

/** What is drawn of things that nothing can be done with. */
const NO_MENU = new Set(['Tray', 'Client']);

/**
 * Opens the menu of what an element draws, or of the cluster where it draws nothing, at a place in
 * client pixels; false when it has none.
 */
export function openMenuFor(element: Element | null, clientX: number, clientY: number): boolean {
  const canvas = element?.closest('.cluster-canvas');
  const home = canvas?.getBoundingClientRect();
  if (!element || !home || element.closest('.hud, .cc-bottom, .cc-notes, .menu, .act-form')) {
    return false;
  }
  const drawn = element.closest('[data-kind]');
  const kind = drawn?.getAttribute('data-kind') ?? 'Canvas';
  if (NO_MENU.has(kind)) return false;
  canvasUi.setState({
    form: null,
    menu: {
      kind,
      namespace: drawn?.getAttribute('data-namespace') ?? '',
      name: drawn?.getAttribute('data-name') ?? '',
      x: clientX - home.x,
      y: clientY - home.y,
    },
  });
  return true;
}
