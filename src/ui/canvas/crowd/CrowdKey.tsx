import { useCrowdUi, crowdUi } from './crowd-ui';
import { heatSteps } from './crowd-colours';
import { words } from './words';

const kinds = ['cpu', 'memory'] as const;

/** What the colours of blocks mean, and by what of the two they are told. */
export function CrowdKey() {
  const by = useCrowdUi((ui) => ui.heatBy);
  return (
    <div className="crowd-key">
      <div className="seg" role="group" aria-label={words.heatBy}>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={kind === by}
            onClick={() => crowdUi.setState({ heatBy: kind })}
          >
            {words.heat[kind]}
          </button>
        ))}
      </div>
      <span className="crowd-scale num" aria-hidden="true">
        0
        <i>
          {Array.from({ length: heatSteps / 2 }, (_, step) => (
            <u key={step} style={{ opacity: step / (heatSteps / 2 - 1) }} />
          ))}
        </i>
        1
      </span>
      <span className="crowd-key-dark">{words.notReady}</span>
      <span className="crowd-key-crash">{words.crashing}</span>
    </div>
  );
}
