import { memo } from 'react';
import { iconPaths, type IconName } from './icon-paths';

export interface IconProps {
  name: IconName;
  /** Edge length in CSS pixels; 16 unless told. */
  size?: number;
  className?: string;
}

/**
 * A decorative icon in the current colour; whatever it means must also be said in words beside it.
 */
export const Icon = memo(function Icon({ name, size, className }: IconProps) {
  return (
    <svg
      className={className ? `i ${className}` : 'i'}
      viewBox="0 0 16 16"
      style={size ? { width: size, height: size } : undefined}
      aria-hidden="true"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
});
