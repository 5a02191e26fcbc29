import type { FieldErrors } from '../../../api/field-errors';
import type { Pod } from '../../../api/types';

const MIRROR = 'kubernetes.io/config.mirror';

type Validate = (next: Pod, old: Pod, errors: FieldErrors) => void;

/** The same check, but of a static pod nothing is said than that it is one. */
export function withoutMirrors(why: string, validate: Validate): Validate {
  return (next, old, errors) => {
    if (old.metadata.annotations?.[MIRROR] === undefined) validate(next, old, errors);
    else refuseAlone(errors, why);
  };
}

/** Puts one refusal of the whole pod in the place of all others. */
export function refuseAlone(errors: FieldErrors, why: string): void {
  errors.causes.length = 0;
  errors.forbidden('[]', why);
}
