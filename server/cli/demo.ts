/** `heatprobe demo`: runs the workload until Ctrl-C and says how to trace it. */
import { isProblem, type Problem } from '../../lib/problem.ts';
import { createDemos } from '../demo/demo.ts';
import type { Tracer } from '../tracer-client.ts';

export async function demoCommand(tracer: Tracer): Promise<number | Problem> {
  const demos = createDemos(tracer);
  const demo = await demos.start((choice) => tracer.ask('open', choice));
  if (isProblem(demo)) return demo;
  const [first] = demo.suggestions;
  process.stdout.write(
    [
      `A demo workload runs as process ${demo.pid}, until Ctrl-C. Functions of it that vary in latency:`,
      ...demo.suggestions.map(({ demangled }) => `  ${demangled}`),
      '',
      'In another terminal:',
      `  heatprobe trace ${demo.binary.path} ${first?.name ?? 'SYMBOL'} --pid ${demo.pid} --duration 10s`,
      '',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  demos.close();
  return 0;
}
