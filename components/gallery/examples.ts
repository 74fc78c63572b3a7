import { problem } from '../../lib/problem.ts';
import type { Failure } from '../connection/answer.ts';

export const FailureExample: Failure = problem('no-symbols', { path: '/opt/matcher/bin/matcher' });
