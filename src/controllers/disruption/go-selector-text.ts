import type { LabelSelectorObject } from '../../api/label-selector';

/** A label selector as Go prints the struct, which one of the Events shows. */
export function goSelectorText(selector: LabelSelectorObject | undefined): string {
  if (!selector) return 'nil';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const labels = Object.keys(matchLabels)
    .sort()
    .map((key) => `${key}: ${matchLabels[key]},`)
    .join('');
  const requirements = matchExpressions
    .map(({ key, operator, values = [] }) => {
      const list = values.join(' ');
      return `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${list}],},`;
    })
    .join('');
  return (
    `&LabelSelector{MatchLabels:map[string]string{${labels}},` +
    `MatchExpressions:[]LabelSelectorRequirement{${requirements}},}`
  );
}
