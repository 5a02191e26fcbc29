// The keys of the page, as the help sheet tells them.

/** Every key of the page, by where it works. */
export const keys: { where: string; keys: { keys: string[]; does: string }[] }[] = [
  {
    where: 'Anywhere but in a text',
    keys: [
      { keys: ['Space'], does: 'pause and resume' },
      { keys: ['.', ','], does: 'one event on, one event back' },
      { keys: ['>'], does: 'one hop: to the next arrival of a message' },
      { keys: ['W'], does: 'run ahead to the next change; once more, stop' },
      { keys: ['mod', 'Z'], does: 'undo the last act; with Shift, do it again' },
      { keys: ['/'], does: 'find and go to' },
      { keys: ['?'], does: 'these keys' },
      { keys: ['Esc'], does: 'close what is open' },
      { keys: ['F6'], does: 'next region' },
    ],
  },
  {
    where: 'On the canvas',
    keys: [
      { keys: ['↑', '↓', '←', '→'], does: 'move' },
      { keys: ['[', ']'], does: 'previous, next node' },
      { keys: ['Enter'], does: 'open' },
      { keys: ['M'], does: 'menu' },
      { keys: ['G'], does: 'pick a node up; arrows aim, Enter drops, Esc puts back' },
      { keys: ['P', 'X', 'F'], does: 'node: power, cable, disk' },
      { keys: ['C', 'D', 'T'], does: 'node: cordon, drain, taint' },
      { keys: ['K', 'R', 'B'], does: 'pod: kill a container, crash, fail a probe' },
      { keys: ['S', 'R'], does: 'component: stop or start, crash' },
      { keys: ['L', 'N'], does: 'label; add a machine' },
      { keys: ['Del'], does: 'delete a pod, power a node off' },
      { keys: ['+', '-', '0'], does: 'zoom' },
    ],
  },
  {
    where: 'On the time marker',
    keys: [
      { keys: ['←', '→'], does: 'event by event' },
      { keys: ['PgUp', 'PgDn'], does: 'ten events' },
      { keys: ['Home', 'End'], does: 'beginning, now' },
    ],
  },
  {
    where: 'In the editor',
    keys: [
      { keys: ['mod', 'Enter'], does: 'apply' },
      { keys: ['mod', 'S'], does: 'apply' },
      { keys: ['mod', 'Shift', 'Enter'], does: 'apply, and walk behind the pod' },
      { keys: ['mod', 'Space'], does: 'complete' },
      { keys: ['Esc'], does: 'leave to the tab above' },
    ],
  },
  {
    where: 'In a walk behind a pod',
    keys: [
      { keys: ['→'], does: 'next hop' },
      { keys: ['←'], does: 'hop before' },
      { keys: ['Esc'], does: 'leave it' },
    ],
  },
];
