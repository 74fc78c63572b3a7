// The demo target: harmless work of several kinds and sizes, so that native functions of node vary in
// latency. Ends with its parent: when standard input ends.
import { createHash, randomBytes } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';

/** Text-like bytes compress in the way that real responses do. */
function text(size) {
  const words = ['latency', 'histogram', 'probe', 'call', 'function', 'tick', 'bucket', 'goroutine', 'thread', 'exit'];
  const bytes = randomBytes(size);
  let result = '';
  for (let i = 0; result.length < size; i++)
    result += `${words[bytes[i % size] % words.length]} ${bytes[(i * 7) % size]} `;
  return Buffer.from(result.slice(0, size));
}

const SIZES = { small: text(1_500), medium: text(40_000), large: text(700_000) };
const begin = Date.now();

function work(size) {
  const packed = deflateSync(SIZES[size], { level: 6 });
  inflateSync(packed);
  createHash('sha256').update(SIZES[size]).digest();
}

/** The medium kind slows down and recovers over half a minute, so that the picture moves. */
function mediumDelay() {
  const phase = ((Date.now() - begin) / 1000) % 30;
  return phase > 18 && phase < 24 ? 4 : 18;
}

const loop = (delay, size) => {
  work(size);
  setTimeout(loop, typeof delay === 'function' ? delay() : delay, delay, size);
};

loop(6, 'small');
loop(mediumDelay, 'medium');
loop(900, 'large');

process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ pid: process.pid })}\n`);
