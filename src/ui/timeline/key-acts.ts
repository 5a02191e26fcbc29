import type { KeyboardEvent } from 'react';

/** Does what a key alone stands for, which nobody else then hears. */
export function onKeys(acts: Readonly<Record<string, () => void>>) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}
