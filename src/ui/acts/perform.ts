// From a person's choice to the act: asks what it has to ask beside the object, then carries out.
import { canvasUi } from '../canvas/canvas-ui';
import { sceneStore } from '../state/scene-store';
import { Refusal, type ActTarget, type Field, type Values } from './act';
import { beginLine } from './act-store';
import { carryOut, request } from './carry-out';
import { findOffer, offerOfKey, type Offered } from './offered';
import { placeOf } from './place';
import { words } from './words';

/** Does an act with a target; nothing when it is not offered now. */
export async function act(
  actId: string,
  target: ActTarget,
  offerId: string | undefined,
  touched: () => void,
): Promise<void> {
  const found = findOffer(actId, target, sceneStore.getState(), offerId);
  if (found) await begin(found, target, touched);
}

/** Does what a key means for what has the focus; nothing when it means nothing. */
export async function press(key: string, target: ActTarget, touched: () => void): Promise<void> {
  const found = offerOfKey(key, target, sceneStore.getState());
  if (found) await begin(found, target, touched);
}

async function begin({ offer }: Offered, target: ActTarget, touched: () => void): Promise<void> {
  const about = target.name;
  const fields = await fieldsOf(offer.fields);
  if (fields === undefined) return;
  if (fields.every(({ choices }) => choices?.length === 1)) {
    await carryOut(offer, valuesOf(fields), about, touched);
    return;
  }
  const { x, y } = placeOf(target);
  const send = (values: Values) => void carryOut(offer, values, about, touched);
  canvasUi.setState({ menu: null, form: { offer, target, fields, x, y, send } });
}

async function fieldsOf(fields: Offered['offer']['fields']): Promise<readonly Field[] | undefined> {
  if (typeof fields !== 'function') return fields ?? [];
  try {
    return await fields(request);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const message = error instanceof Refusal ? words.refused(text) : words.lost(text);
    beginLine('')({ state: 'refused', message });
    return undefined;
  }
}

export function valuesOf(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}
