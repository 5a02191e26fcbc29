import { memo, useState } from 'react';
import { WARP_TARGETS, type WarpTarget } from '../../host/protocol';
import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import { engineStore, useEngine } from '../state/engine-store';
import { useHistory } from '../state/history';
import { Icon } from '../theme/Icon';
import { Menu } from './Menu';
import { usePage } from './page-context';
import { VirtualTime } from './VirtualTime';

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 50, 100, 1_000] as const;
/** Below this share of the speed asked for, the speed reached is told. */
const SLOW_SHARE = 0.8;

export interface ClockGroupProps {
  /** A phone has no room for the step and the milliseconds, a frame only when it is wide. */
  where: 'page' | 'phone' | 'frame';
}

/** Pause, step, the virtual time, its speed, and running ahead. */
export const ClockGroup = memo(function ClockGroup({ where }: ClockGroupProps) {
  const { session } = usePage();
  const paused = useEngine((state) => state.clock.paused);
  const running = useEngine((state) => state.phase === 'running');
  const warping = useEngine((state) => state.warping);
  const kept = useHistory((state) => state.kept);
  return (
    <div className="clock" role="group" aria-label={messages.clock}>
      <button
        type="button"
        className="btn sq"
        aria-label={paused ? messages.resume : messages.pause}
        title={`${paused ? messages.resume : messages.pause} (Space)`}
        disabled={!running}
        onClick={() => session.command({ type: 'clock', command: paused ? 'resume' : 'pause' })}
      >
        <Icon name={paused ? 'play' : 'pause'} />
      </button>
      {where !== 'phone' && (
        <button
          type="button"
          className="btn sq wide-only"
          aria-label={messages.step}
          title={`${messages.step} (.)`}
          disabled={!running}
          onClick={() => session.command({ type: 'clock', command: 'step' })}
        >
          <Icon name="step" />
        </button>
      )}
      {where === 'page' && <HopButton disabled={!running} />}
      <VirtualTime millis={where !== 'phone'} />
      <SpeedMenu disabled={!running} />
      {where === 'phone' && kept && !warping ? (
        <WarpMenu disabled={!running} icon="warp" />
      ) : (
        <button
          type="button"
          className="btn sq"
          aria-label={warping ? messages.warpStop : messages.warp}
          title={warping ? messages.warpStop : messages.warp}
          aria-pressed={warping}
          disabled={!running}
          onClick={() => session.warpToNextChange()}
        >
          <Icon name="warp" />
        </button>
      )}
      {where === 'page' && kept && <WarpMenu disabled={!running} icon="down" />}
    </div>
  );
});

/** One message's way: shorter than a step. */
function HopButton({ disabled }: { disabled: boolean }) {
  const { session } = usePage();
  return (
    <button
      type="button"
      className="btn sq wide-only"
      aria-label={catalog.time.hop}
      title={`${catalog.time.hop} (>)`}
      disabled={disabled}
      onClick={() => session.command({ type: 'clock', command: 'hop' })}
    >
      <Icon name="hop" />
    </button>
  );
}

/** Moments that have a name; those that are not to come cannot be chosen. */
function WarpMenu({ disabled, icon }: { disabled: boolean; icon: 'warp' | 'down' }) {
  const { session } = usePage();
  const past = useHistory((state) => state.past !== null);
  const [coming, setComing] = useState<readonly WarpTarget[]>([]);
  const words = catalog.time;
  return (
    <Menu
      className="btn sq clock-more"
      label={words.warpMenu}
      menuLabel={words.warpMenu}
      heading={
        <>
          {words.warpMenu}
          <small>{words.warpMenuAbout}</small>
        </>
      }
      disabled={disabled || past}
      onOpen={() =>
        void engineStore
          .getState()
          .engine?.coming()
          .then(setComing, () => {})
      }
      items={WARP_TARGETS.map((target) => ({
        id: target,
        name: words.warps[target],
        disabled: !coming.includes(target),
        run: () => session.warpTo(target),
      }))}
    >
      <Icon name={icon} />
    </Menu>
  );
}

function SpeedMenu({ disabled }: { disabled: boolean }) {
  const { session } = usePage();
  const speed = useEngine((state) => state.clock.speed);
  const slow = useEngine(({ clock }) => {
    const isSlow = !clock.paused && clock.actualSpeed < clock.speed * SLOW_SHARE;
    return isSlow && clock.speed > 1 ? speedText(clock.actualSpeed) : '';
  });
  return (
    <Menu
      className="btn on clock-speed"
      label={messages.speed(speedText(speed))}
      menuLabel={messages.speedMenu}
      heading={slow ? messages.speedReached(slow) : messages.speedMenu}
      disabled={disabled}
      items={SPEEDS.map((value) => ({
        id: String(value),
        name: <span className="mono num">{speedText(value)}</span>,
        checked: value === speed,
        run: () => session.command({ type: 'clock', command: 'speed', speed: value }),
      }))}
    >
      <span className="num">{speedText(speed)}</span>
      <Icon name="down" />
    </Menu>
  );
}

function speedText(speed: number): string {
  return `${speed >= 10 ? Math.round(speed) : Math.round(speed * 100) / 100}×`;
}
