// Keys that work everywhere but in a text: pause, step, undo, help, Escape out of the inspector and
// out of the past, and F6 from region to region.
import { closeInspector } from '../inspector/close-inspector';
import { engineStore } from '../state/engine-store';
import { historyStore, lookAtNow, lookBy, redo, undo } from '../state/history';
import { sceneStore } from '../state/scene-store';
import type { Session } from '../state/session';
import { guide } from '../story/guide';
import { closeWelcome } from '../welcome/first-visit';
import { panes } from './pane-store';

/** Order of F6: bar, canvas, editor, dock, timeline. */
const REGIONS = ['bar', 'canvas', 'side', 'dock', 'time'] as const;

/** Starts listening; returns what stops it. */
export function listenForKeys(session: Session): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === 'F6') {
      event.preventDefault();
      moveRegion(event.shiftKey ? -1 : 1);
    } else if (!takesText(event.target) && pageKey(event, session)) {
      event.preventDefault();
    }
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

function pageKey(event: KeyboardEvent, session: Session): boolean {
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return undoKey(event);
  switch (event.key) {
    case ' ':
      if (isButton(event.target)) return false;
      session.command({
        type: 'clock',
        command: engineStore.getState().clock.paused ? 'resume' : 'pause',
      });
      return true;
    case '.':
      session.command({ type: 'clock', command: 'step' });
      return true;
    case '>':
      session.command({ type: 'clock', command: 'hop' });
      return true;
    case 'w':
    case 'W':
      session.warpToNextChange();
      return true;
    case ',':
      lookBy(-1);
      return true;
    case 'Escape':
      if (guide.getState().welcome) closeWelcome();
      else if (sceneStore.getState().selection) closeInspector();
      else if (historyStore.getState().past) lookAtNow();
      else return false;
      return true;
    case '?':
      panes.setState({ help: true });
      return true;
    default:
      return false;
  }
}

/** Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y to do it again. */
function undoKey(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) undo();
  else if (key === 'z' || (key === 'y' && !event.shiftKey)) redo();
  else return false;
  return true;
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, .monaco-editor') !== null;
}

/** Space presses buttons, except what is drawn on the canvas, where it stops the time. */
function isButton(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const pressed = target.closest('button, a, [role=button], [role=separator]');
  return pressed !== null && pressed.closest('[data-stop]') === null;
}

function moveRegion(by: 1 | -1): void {
  const present = REGIONS.map((name) => document.querySelector(`[data-region=${name}]`)).filter(
    (region): region is HTMLElement => region instanceof HTMLElement && isShown(region),
  );
  const at = present.findIndex((region) => region.contains(document.activeElement));
  const next = present[(at + by + present.length) % present.length];
  (next && firstStop(next))?.focus();
}

function firstStop(region: HTMLElement): HTMLElement | undefined {
  const stops = '[data-stop], button, a[href], input, textarea, [tabindex="0"]';
  return [...region.querySelectorAll<HTMLElement>(stops)].find(
    (stop) => isShown(stop) && !stop.matches(':disabled, [role=separator]'),
  );
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
}
