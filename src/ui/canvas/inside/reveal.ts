// Where the inspector tells of the part of a pod that was pressed.

/** How long the inspector may take to show the pod, wall ms. */
const patienceMs = 3000;
const shownMs = 1600;

/** Brings a container's line in the inspector into view and lights it, once it is there. */
export function reveal(part: string): void {
  const [kind, name] = part.split(' ');
  if (kind !== 'container') return;
  if (light(name!)) return;
  const observer = new MutationObserver(() => {
    if (light(name!)) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), patienceMs);
}

function light(name: string): boolean {
  const lines = document.querySelectorAll<HTMLElement>('.inspector .containers > li');
  const line = [...lines].find((each) => each.querySelector('b')?.textContent === name);
  if (!line) return false;
  line.scrollIntoView({ block: 'nearest' });
  const lit = 'var(--accent-soft)';
  line.animate([{ background: lit }, { background: lit, offset: 0.7 }, {}], shownMs);
  return true;
}
