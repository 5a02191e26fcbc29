// Every word of the page in Simplified Chinese; Kubernetes' own nouns stay as the field writes
// them.
import type { Catalog } from '../catalog';
import { acts } from './acts';
import { canvas } from './canvas';
import { editing } from './editing';
import { editor } from './editor';
import { game } from './game';
import { guide } from './guide';
import { inside } from './canvas-inside';
import { inspection } from './inspection';
import { inspector } from './inspector';
import { keys } from './keys';
import { legend } from './legend';
import { ownership } from './ownership';
import { page } from './page';
import { panels } from './panels';
import { scale } from './scale';
import { scheduler } from './scheduler';
import { sides } from './sides';
import { stories } from './stories';
import { time } from './time';
import { timeline } from './timeline';
import { tools } from './tools';
import { views } from './views';
import { walk } from './walk';
import { welcome } from './welcome';

export const simplified: Catalog = {
  acts,
  canvas,
  editing,
  editor,
  game,
  guide,
  inside,
  inspection,
  inspector,
  keys,
  legend,
  ownership,
  page,
  panels,
  scale,
  scheduler,
  sides,
  stories,
  time,
  timeline,
  tools,
  views,
  walk,
  welcome,
};
