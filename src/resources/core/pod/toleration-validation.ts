// Upstream: ValidateTolerations in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import { labelValue, qualifiedName } from '../../../api/names';
import type { Toleration } from '../../../api/types';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const OPERATORS = ['Equal', 'Exists'];

export const validateTolerations = acceptOnce<Toleration[]>((tolerations, path, errors) => {
  tolerations.forEach((toleration, index) => {
    const { key, operator = '', value = '', effect = '', tolerationSeconds } = toleration;
    const at = `${path}[${index}]`;
    if (key) errors.invalidEach(`${at}.key`, key, qualifiedName(key));
    else if (operator !== 'Exists') {
      const why =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.invalid(`${at}.operator`, operator, why);
    }
    if (tolerationSeconds != null && effect !== 'NoExecute') {
      const why = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.invalid(`${at}.effect`, effect, why);
    }
    if (operator === '' || operator === 'Equal') {
      const problems = labelValue(value);
      if (problems.length > 0) errors.invalid(`${at}.operator`, value, problems.join(';'));
    } else if (operator === 'Exists') {
      if (value) {
        errors.invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'");
      }
    } else errors.notSupported(`${at}.operator`, operator, OPERATORS);
    if (effect && !EFFECTS.includes(effect)) errors.notSupported(`${at}.effect`, effect, EFFECTS);
  });
});
