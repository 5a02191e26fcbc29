// The keys of the page, as the help sheet tells them.
import type { Catalog } from '../catalog';

/** Every key of the page, by where it works. */
export const keys: Catalog['keys'] = [
  {
    where: 'Anywhere but in a text',
    keys: [
      { keys: ['Space'], does: 'pause and resume' },
      { keys: ['.'], does: 'step one event' },
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
      { keys: ['Del'], does: 'delete a pod, power a node off' },
      { keys: ['+', '-', '0'], does: 'zoom' },
    ],
  },
  {
    where: 'In the editor',
    keys: [
      { keys: ['mod', 'Enter'], does: 'apply' },
      { keys: ['mod', 'S'], does: 'apply' },
      { keys: ['mod', 'Space'], does: 'complete' },
      { keys: ['Esc'], does: 'leave to the tab above' },
    ],
  },
];
