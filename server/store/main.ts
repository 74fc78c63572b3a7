/**
 * The recorder process. Orders come on stdin, news go to stdout, one JSON object a line. It ends when stdin ends, and
 * only then: whatever ends the server also ends stdin, and what was given to it until then is written.
 */

import { unframer } from './frames.ts';
import { createRecorder, type RecorderNews, type RecorderOrder } from './recorder.ts';

const [directory = '.'] = process.argv.slice(2);

// Ctrl-C and a shutdown reach the server as well, which has more to say before it ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// Nobody reads any more; there is still something to write.
process.stdout.on('error', () => {});

const tell = (news: RecorderNews): void => void process.stdout.write(`${JSON.stringify(news)}\n`);
const recorder = createRecorder({ directory, tell });
// The server is our own program: its orders are typed, not checked.
const take = unframer((order) => recorder.hear(order as RecorderOrder));
for await (const bytes of process.stdin) take(bytes as Uint8Array);
await recorder.close();
process.exit();
