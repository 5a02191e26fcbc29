// The tree of an expression. The checker writes each node's type, and each call's overloads, on it.
import type { Overload } from './overload';
import type { CelType } from './types';
import type { CelValue } from './values';

interface Node {
  /** Where in the source an error of this node is shown: a zero-based offset in code points. */
  readonly offset: number;
  /** Set by the checker. */
  type?: CelType;
}

export interface Literal extends Node {
  readonly kind: 'literal';
  readonly value: CelValue;
}

export interface Ident extends Node {
  readonly kind: 'ident';
  readonly name: string;
}

export interface Select extends Node {
  readonly kind: 'select';
  readonly operand: Expr;
  readonly field: string;
  /** From the macro `has`. */
  readonly testOnly: boolean;
  /** Set by the checker when the whole is the name of a variable with dots. */
  variable?: string;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly target?: Expr;
  readonly args: readonly Expr[];
  /** Set by the checker: those that may match at run time. */
  overloads?: readonly Overload[];
  /** Set by the checker: the target was the first part of the function's name. */
  isGlobal?: boolean;
}

export interface ListExpr extends Node {
  readonly kind: 'list';
  readonly elements: readonly Expr[];
  readonly optional: ReadonlySet<number>;
}

export interface MapExpr extends Node {
  readonly kind: 'map';
  readonly entries: readonly {
    readonly key: Expr;
    readonly value: Expr;
    readonly optional: boolean;
  }[];
}

export interface StructExpr extends Node {
  readonly kind: 'struct';
  readonly typeName: string;
  readonly fields: readonly {
    readonly name: string;
    readonly value: Expr;
    readonly optional: boolean;
    readonly offset: number;
  }[];
}

/** A loop: what the macros over lists and maps become. */
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly range: Expr;
  readonly iterVar: string;
  readonly iterVar2?: string;
  readonly accuVar: string;
  readonly init: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}

export type Expr =
  | Literal
  | Ident
  | Select
  | Call
  | ListExpr
  | MapExpr
  | StructExpr
  | Comprehension;
