// All that the page loads of acts when it first needs one.
export { ActForm } from './ActForm';
export { ActLine } from './ActLine';
export { ActMenu } from './ActMenu';
export { ActRail } from './ActRail';
export { OutageNotes } from './OutageNotes';
export { offersOf } from './offers-of';
export { act, press } from './perform';
