// Every word of the page in Simplified Chinese; Kubernetes' own nouns stay as the field writes
// them.
import type { Catalog } from '../catalog';
import { acts } from './acts';
import { canvas, legend } from './canvas';
import { editing } from './editing';
import { guide } from './guide';
import { game } from './game';
import { inspection } from './inspection';
import { inspector } from './inspector';
import { keys } from './keys';
import { ownership } from './ownership';
import { page } from './page';
import { stories } from './stories';
import { scale } from './scale';
import { scheduler } from './scheduler';
import { sides } from './sides';
import { time } from './time';
import { views } from './views';

export const simplified: Catalog = {
  acts,
  page,
  keys,
  canvas,
  legend,
  guide,
  inspector,
  game,
  inspection,
  editing,
  ownership,
  stories,
  scale,
  scheduler,
  sides,
  time,
  views,
};
