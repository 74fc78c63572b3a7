import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { Planned } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';

/** How far the plan of a function is. */
export type PlanState =
  | { readonly state: 'none' }
  | { readonly state: 'planning' }
  | { readonly state: 'planned'; readonly planned: Planned }
  | { readonly state: 'failed'; readonly failure: Failure };

/** A function of several that are to be traced together. */
export interface GroupPlan {
  readonly symbol: SymbolInfo;
  readonly plan: PlanState;
}
