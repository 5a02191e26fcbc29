import { useEffect, useState } from 'react';
import { wordsOf } from '../../i18n/catalog';
import { welcome } from '../../i18n/en/welcome';
import { useRun } from '../editor/use-run';
import { useEngine } from '../state/engine-store';
import { sceneStore } from '../state/scene-store';
import { walkBehind } from '../story/guide';
import { lit } from '../story/pointed';
import { closeWelcome } from './first-visit';
import './welcome.css';
import { byNumber } from '../state/by-number';

const words = wordsOf('welcome', welcome);

/** Three steps for a first visit, over the lower part of the canvas; the cluster stays in use. */
export function Welcome() {
  const run = useRun();
  const running = useEngine((state) => state.phase === 'running');
  const [shown, setShown] = useState('');
  useEffect(() => () => lit.setState({ object: null }), []);
  const show = () => {
    const node = nodeToDrag();
    lit.setState({ object: { kind: 'Node', namespace: '', name: node } });
    document
      .querySelector<HTMLElement>(`[data-kind="Node"][data-name="${node}"]`)
      ?.focus({ preventScroll: true });
    setShown(words.shown(node));
  };
  const walk = () => {
    closeWelcome();
    walkBehind(() => run('apply'));
  };
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <header className="welcome-head">
        <div>
          <h2 id="welcome-title">{words.title}</h2>
          <p>{words.about}</p>
        </div>
        <button type="button" className="btn" onClick={closeWelcome}>
          {words.close} <kbd aria-hidden="true">Esc</kbd>
        </button>
      </header>
      <ol className="welcome-steps">
        <Step title={words.apply} about={words.applyAbout}>
          <button
            type="button"
            className="btn pri"
            disabled={!running}
            onClick={() => {
              closeWelcome();
              run('apply');
            }}
          >
            {words.applyAct}
          </button>
        </Step>
        <Step title={words.drag} about={shown || words.dragAbout}>
          <button type="button" className="btn out" disabled={!running} onClick={show}>
            {words.dragAct}
          </button>
        </Step>
        <Step title={words.why} about={words.whyAbout}>
          <button type="button" className="btn out" disabled={!running} onClick={walk}>
            {words.whyAct}
          </button>
        </Step>
      </ol>
    </section>
  );
}

interface StepProps {
  title: string;
  about: string;
  children: React.ReactNode;
}

function Step({ title, about, children }: StepProps) {
  return (
    <li>
      <h3>{title}</h3>
      <p role="status">{about}</p>
      {children}
    </li>
  );
}

/** The last worker: its room is the least missed. */
function nodeToDrag(): string {
  const workers = [...sceneStore.getState().nodes.values()].filter(
    ({ roles, machine }) => machine && !roles.includes('control-plane'),
  );
  const names = workers.map(({ name }) => name);
  names.sort(byNumber);
  return names.at(-1) ?? 'n4';
}
