import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

export interface SplitterProps {
  /** 'vertical' is a vertical line, moved left and right. */
  orientation: 'vertical' | 'horizontal';
  label: string;
  /** Of the pane after the line, in pixels or percent as the owner counts. */
  value: number;
  min: number;
  max: number;
  /** One key press. */
  step: number;
  /** Owner's units a pixel. */
  perPixel: () => number;
  onChange: (value: number) => void;
}

/**
 * A line between two panes that can be dragged, and moved by arrow keys; it grows what follows it.
 */
export function Splitter(props: SplitterProps) {
  const { orientation, label, value, min, max, step } = props;
  const from = useRef({ at: 0, value: 0 });
  const clamp = (next: number) => props.onChange(Math.min(max, Math.max(min, next)));
  const at = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent) => {
    const grow = orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
    const shrink = orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
    if (event.key === grow) clamp(value + step);
    else if (event.key === shrink) clamp(value - step);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={`splitter is-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={Math.round(min)}
      aria-valuemax={Math.round(max)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        from.current = { at: at(event), value };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        clamp(from.current.value - (at(event) - from.current.at) * props.perPixel());
      }}
    />
  );
}
