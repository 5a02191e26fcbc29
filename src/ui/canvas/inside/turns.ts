// What many pods would make in one frame is made by a few of them a frame: a picture that opens all
// at once stands still while it does.
import { useEffect, useState } from 'react';

/** So many a frame. */
const aFrame = 6;

const waiting: (() => void)[] = [];
let frame = 0;

function ask(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    for (const go of waiting.splice(0, aFrame)) go();
    if (waiting.length > 0) ask();
  });
}

/** Whether it is this one's turn, for as long as it is wanted; in the order in which they asked. */
export function useTurn(wanted: boolean): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    if (!wanted) {
      setHas(false);
      return undefined;
    }
    const go = (): void => setHas(true);
    waiting.push(go);
    ask();
    return () => {
      const at = waiting.indexOf(go);
      if (at >= 0) waiting.splice(at, 1);
    };
  }, [wanted]);
  return wanted && has;
}
