import type { Problem } from '../../lib/problem.ts';
import type { Tracer } from '../tracer-client.ts';
export async function demoCommand(_tracer: Tracer): Promise<number | Problem> {
  return 0;
}
