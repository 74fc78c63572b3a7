// A command to trace node itself with: CALLS calls of zlib's deflate, each whole in one go, and the truth like a target's.
import { deflateSync } from 'node:zlib';

const calls = Number(process.argv[2]);
const input = Buffer.from('the same words again and again. '.repeat(200));
for (let i = 0; i < calls; i++) deflateSync(input, { level: 1 + (i % 9) });
console.log(JSON.stringify({ calls, returned: calls, unwound: 0, open: 0 }));
