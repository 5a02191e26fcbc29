// Every word of the page in English, by the part of the page that says it; a new part adds a line
// here and in the two Chinese catalogs, which the compiler demands. The page itself never imports
// this file as a whole.
import { acts } from './acts';
import { editor } from './editor';
import { game } from './game';
import { inside } from './canvas-inside';
import { first } from './first';
import { keys } from './keys';
import { legend } from './legend';
import { ownership } from './ownership';
import { panels } from './panels';
import { scale } from './scale';
import { scheduler } from './scheduler';
import { stories } from './stories';
import { timeline } from './timeline';
import { walk } from './walk';
import { welcome } from './welcome';

export const english = {
  ...first,
  acts,
  editor,
  game,
  inside,
  keys,
  legend,
  ownership,
  panels,
  scale,
  scheduler,
  stories,
  timeline,
  walk,
  welcome,
};
