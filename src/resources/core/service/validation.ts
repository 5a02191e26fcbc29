import type { FieldErrors } from '../../../api/field-errors';
import type { Service } from '../../../api/types';

export function validateService(_service: Service, _errors: FieldErrors): void {}

export function validateServiceUpdate(_next: Service, _old: Service, _errors: FieldErrors): void {}
