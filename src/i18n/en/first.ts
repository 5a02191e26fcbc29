// The English words of the first picture, which come with the page's script. What is shown later
// brings its words along (`wordsOf` in `catalog.ts`).
import { canvas } from './canvas';
import { editing } from './editing';
import { guide } from './guide';
import { inspection } from './inspection';
import { inspector } from './inspector';
import { page } from './page';
import { sides } from './sides';
import { time } from './time';
import { tools } from './tools';
import { views } from './views';

export const first = {
  canvas,
  editing,
  guide,
  inspection,
  inspector,
  page,
  sides,
  time,
  tools,
  views,
};
